package io.holdfast.proxy.differential;

import static org.awaitility.Awaitility.await;

import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The database that every play finds in the same state. */
final class World implements AutoCloseable {
    static final String DATABASE = "wire";

    private static final String INSERT_LSN = "SELECT pg_current_wal_insert_lsn()";

    private final String tables;
    private final Connection primary;
    private final Connection follower;
    private String restoredAt = "";

    /** @param tables the statements that fill the empty database */
    World(TestServers servers, String tables) throws SQLException {
        this.tables = tables;
        try (Connection connection = servers.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE + " OWNER shop_owner");
        }
        servers.awaitReplay();
        primary = servers.primary().connect(DATABASE);
        follower = servers.follower().connect(DATABASE);
    }

    int version() throws SQLException {
        return primary.getMetaData().getDatabaseMajorVersion();
    }

    /** Makes it as it was, on both servers; nothing has changed if nothing was logged. */
    void restore() throws SQLException {
        if (restoredAt.equals(Sql.text(primary, INSERT_LSN))) {
            return;
        }
        try (Statement statement = primary.createStatement()) {
            statement.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public; " + tables);
        }
        String lsn = String.valueOf(Sql.text(primary, INSERT_LSN));
        await("replay")
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> "t".equals(Sql.text(follower, "SELECT pg_last_wal_replay_lsn() >= '" + lsn + '\'')));
        restoredAt = lsn;
    }

    @Override
    public void close() throws SQLException {
        follower.close();
        primary.close();
    }
}
