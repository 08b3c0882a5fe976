package io.holdfast.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Streaming from a primary to its standbys: a role with a new password at every start, and a slot for each standby, so
 * that none ever misses WAL.
 *
 * @param password of the role, letters and digits
 * @see <a href="https://www.postgresql.org/docs/current/warm-standby.html#STREAMING-REPLICATION">Streaming
 *     Replication</a>
 */
record Replication(String password) {
    static final String ROLE = "replicator";
    private static final int STREAMING_SECONDS = 60;

    /** Makes what the standbys need, on a running primary. */
    void prepare(PostgresServer primary, List<String> standbys) {
        if (standbys.isEmpty()) {
            return;
        }
        try (Connection connection = primary.connect("postgres");
                Statement statement = connection.createStatement()) {
            try (var rows = statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = '" + ROLE + '\'')) {
                String verb = rows.next() ? "ALTER" : "CREATE";
                statement.execute(verb + " ROLE " + ROLE + " LOGIN REPLICATION PASSWORD '" + password + '\'');
            }
            for (String standby : standbys) {
                statement.execute("SELECT pg_create_physical_replication_slot('" + standby + "', true) WHERE NOT EXISTS"
                        + " (SELECT 1 FROM pg_replication_slots WHERE slot_name = '" + standby + "')");
            }
        } catch (SQLException e) {
            throw new PostgresException("cannot prepare replication: " + e.getMessage(), e);
        }
    }

    /** What a standby needs in its configuration to follow the primary. */
    Map<String, String> settings(String host, int port, String standby) {
        return Map.of(
                "primary_conninfo",
                "host=" + host + " port=" + port + " user=" + ROLE + " password=" + password + " application_name="
                        + standby,
                "primary_slot_name",
                standby);
    }

    /** Waits until so many standbys stream. */
    void awaitStreaming(PostgresServer primary, int standbys) {
        if (standbys == 0) {
            return;
        }
        try (Connection connection = primary.connect("postgres")) {
            boolean all = SqlWait.until(
                    connection,
                    "SELECT count(*) >= " + standbys + " FROM pg_stat_replication WHERE state = 'streaming'",
                    Duration.ofSeconds(STREAMING_SECONDS));
            if (!all) {
                throw new PostgresException("the standby did not stream within " + STREAMING_SECONDS + " s");
            }
        } catch (SQLException e) {
            throw new PostgresException("cannot watch replication: " + e.getMessage(), e);
        }
    }

    /** Waits until the standbys have replayed what was committed on the primary before this call. */
    static void awaitReplay(PostgresServer primary, List<PostgresServer> standbys, Duration limit) {
        try {
            String lsn = currentLsn(primary);
            for (PostgresServer standby : standbys) {
                try (Connection connection = standby.connect("postgres")) {
                    String replayed = "SELECT pg_last_wal_replay_lsn() >= '" + lsn + "'::pg_lsn";
                    if (!SqlWait.until(connection, replayed, limit)) {
                        throw new PostgresException(standby.name() + " did not replay " + lsn + " within " + limit);
                    }
                }
            }
        } catch (SQLException e) {
            throw new PostgresException("cannot watch replication: " + e.getMessage(), e);
        }
    }

    private static String currentLsn(PostgresServer primary) throws SQLException {
        try (Connection connection = primary.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_current_wal_lsn()")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
