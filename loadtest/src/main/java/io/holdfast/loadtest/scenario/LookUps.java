package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.rig.Servers;
import io.holdfast.postgres.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How often each server has looked up rows of pgbench_accounts, in its own count. */
final class LookUps {
    private static final int LOOK_MILLIS = 20;
    private static final int LOOKS = 1_000;

    private LookUps() {}

    /** So far. A backend adds its own when it ends, so this waits until the load's are gone. */
    static long[] of(List<PostgresServer> servers) throws IOException, SQLException, InterruptedException {
        long[] counts = new long[servers.size()];
        for (int i = 0; i < counts.length; i++) {
            try (Connection connection = servers.get(i).connect(Servers.DATABASE)) {
                awaitQuiet(connection);
                counts[i] = number(
                        connection, "SELECT idx_scan FROM pg_stat_user_tables WHERE relname = ?", "pgbench_accounts");
            }
        }
        return counts;
    }

    private static void awaitQuiet(Connection connection) throws IOException, SQLException, InterruptedException {
        String busy = "SELECT count(*) FROM pg_stat_activity WHERE usename = ?";
        for (int look = 0; number(connection, busy, Servers.USER) > 0; look++) {
            if (look == LOOKS) {
                throw new IOException("connections of the load stay open");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static long number(Connection connection, String sql, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }
}
