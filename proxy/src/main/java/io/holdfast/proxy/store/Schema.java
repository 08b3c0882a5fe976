package io.holdfast.proxy.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables of the control store, made or brought up to date; of several proxies that start at once, one does it. */
final class Schema {
    /** The version of the newest script. Flyway takes a second of processor time to find out that there is nothing to do. */
    static final String NEWEST = "3";

    private static final String TABLE = "holdfast_schema";
    private static final String IS_THERE = "SELECT 1 FROM \"" + TABLE + "\" WHERE \"version\" = ? AND \"success\"";

    private Schema() {}

    /** @throws SQLException if the database cannot be reached, or belongs to something else */
    static void migrate(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (isCurrent(connection)) {
                return;
            }
        }
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(database)
                    .locations("classpath:io/holdfast/proxy/store")
                    .table(TABLE)
                    .baselineOnMigrate(true) // beside other tables, if somebody wants that
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    private static boolean isCurrent(Connection connection) {
        try (PreparedStatement statement = connection.prepareStatement(IS_THERE)) {
            statement.setString(1, NEWEST);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            return false; // an empty database; if it is something worse, the migration says so
        }
    }
}
