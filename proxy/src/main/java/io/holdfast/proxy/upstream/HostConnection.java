package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitor's connection to one host, kept open so that a poll is one round trip.
 *
 * <p>The insert LSN is asked for, not {@code pg_current_wal_lsn()}: under {@code synchronous_commit=off} that lags the commit.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-BACKUP">Backup and recovery functions</a>
 */
final class HostConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostConnection.class);

    // The role is read once, so that a promotion in between cannot pair it with the other role's LSN.
    private static final String POLL = """
            SELECT standby,
                   CASE WHEN standby THEN pg_catalog.pg_last_wal_replay_lsn()
                        ELSE pg_catalog.pg_current_wal_insert_lsn() END::text,
                   CASE WHEN standby THEN
                        EXTRACT(EPOCH FROM pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp())
                        END::double precision
            FROM (SELECT pg_catalog.pg_is_in_recovery() OFFSET 0) AS role(standby)""";
    private static final String LAYOUT = """
            SELECT pg_catalog.current_setting('wal_block_size')::bigint,
                   pg_catalog.pg_size_bytes(pg_catalog.current_setting('wal_segment_size'))""";
    private static final String SYSTEM = "SELECT system_identifier FROM pg_catalog.pg_control_system()";

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** The others depend on the account, on what the driver sets, or on the role of the host. */
    private static final Set<String> OF_EVERY_SESSION = Set.of(
            "integer_datetimes",
            "scram_iterations",
            "server_encoding",
            "server_version",
            "standard_conforming_strings");

    private final Connection connection;
    private final PreparedStatement poll;
    private final long system;
    private final long blockBytes;
    private final long segmentBytes;

    /**
     * Takes over a connection just opened.
     *
     * @throws SQLException if the host does not answer; the connection is closed then
     */
    HostConnection(Connection connection, HostPort host) throws SQLException {
        this.connection = connection;
        try {
            system = systemIdentifier(connection, host);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(LAYOUT)) {
                row.next();
                blockBytes = row.getLong(1);
                segmentBytes = row.getLong(2);
            }
            poll = connection.prepareStatement(POLL);
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private static long systemIdentifier(Connection connection, HostPort host) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SYSTEM)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                LOG.warn(
                        "{}: the account may not execute pg_control_system(), so whether the host belongs to the cluster is not checked",
                        host);
                return HostAnswer.UNKNOWN_SYSTEM;
            }
            throw e;
        }
    }

    /** One round trip. */
    HostAnswer ask(LongSupplier nanoTime) throws SQLException {
        long sentAt = nanoTime.getAsLong();
        try (ResultSet row = poll.executeQuery()) {
            row.next();
            boolean standby = row.getBoolean(1);
            String text = row.getString(2);
            long lsn = text == null ? Lsn.ZERO : Lsn.parse(text); // null: a standby that has replayed nothing yet
            return standby
                    ? new HostAnswer.Standby(sentAt, nanoTime.getAsLong(), system, lsn, replayAge(row))
                    : new HostAnswer.Primary(
                            sentAt, system, Lsn.endOfRecords(lsn, blockBytes, segmentBytes), parameters());
        }
    }

    private static @Nullable Duration replayAge(ResultSet row) throws SQLException {
        double seconds = row.getDouble(3);
        return row.wasNull() ? null : Duration.ofMillis(Math.max(0, Math.round(seconds * 1000)));
    }

    private Map<String, String> parameters() throws SQLException {
        return connection.unwrap(PGConnection.class).getParameterStatuses().entrySet().stream()
                .filter(entry -> OF_EVERY_SESSION.contains(entry.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection that is given up did not close cleanly", e);
        }
    }
}
