package io.holdfast.proxy.upstream;

import io.holdfast.proxy.approval.RestorePoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the primary is asked before a released statement. Neither query needs a transaction that may write.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-BACKUP">Backup and recovery functions</a>
 */
final class RestorePointQuery {
    private static final String NAMED =
            "SELECT pg_catalog.pg_create_restore_point(?)::text, pg_catalog.clock_timestamp()";
    private static final String POSITION =
            "SELECT pg_catalog.pg_current_wal_insert_lsn()::text, pg_catalog.clock_timestamp()";

    private RestorePointQuery() {}

    /**
     * Sets a restore point; where the account may not (42501) or the server cannot (55000: wal_level is minimal), it is the place alone.
     *
     * @param name at most 63 bytes, as the server wants it
     * @throws SQLException if not even that is known
     */
    static RestorePoint ask(Connection connection, String name) throws SQLException {
        try {
            return named(connection, name);
        } catch (SQLException e) {
            if (BackgroundConnections.isConnectionFailure(e)) {
                throw e;
            }
            return position(connection, why(e));
        }
    }

    private static RestorePoint named(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NAMED)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new RestorePoint.Named(name, row.getString(1), time(row));
            }
        }
    }

    private static RestorePoint position(Connection connection, String why) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(POSITION)) {
            row.next();
            return new RestorePoint.Position(row.getString(1), time(row), why);
        }
    }

    /** What the server says, without its severity. */
    static String why(SQLException failure) {
        ServerErrorMessage said = failure instanceof PSQLException ours ? ours.getServerErrorMessage() : null;
        String message = said == null ? null : said.getMessage();
        return message == null ? BackgroundConnections.oneLine(failure) : message;
    }

    private static Instant time(ResultSet row) throws SQLException {
        return row.getObject(2, OffsetDateTime.class).toInstant();
    }
}
