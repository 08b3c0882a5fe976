package io.holdfast.proxy.chaos;

import static org.awaitility.Awaitility.await;

import io.holdfast.postgres.PostgresServer;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The servers of this package's tests, which may be killed and are brought back by whoever needs them next. */
final class Victims {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final class Shared {
        static final TestServers SERVERS = TestServers.start(1, 300);
    }

    private Victims() {}

    /** Both servers, running. */
    static TestServers alive() {
        TestServers servers = Shared.SERVERS;
        for (PostgresServer server : both(servers)) {
            if (!server.isRunning()) {
                server.start();
            }
        }
        servers.awaitReplay();
        return servers;
    }

    /** A table of its own with this many rows, on both servers; whatever had the name is gone. */
    static void table(String name, int rows) throws SQLException {
        Shared.SERVERS.execute(
                "DROP TABLE IF EXISTS " + name,
                "CREATE TABLE " + name + " AS SELECT generate_series(1, " + rows + ") AS id");
    }

    /** Waits until no server runs a backend whose application_name begins so. */
    static void awaitNoBackend(String application) {
        for (PostgresServer server : both(Shared.SERVERS)) {
            if (server.isRunning()) {
                await("backends of " + application + " on " + server.name())
                        .atMost(LIMIT)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> backends(server, application).isEmpty());
            }
        }
    }

    /** What the backends run whose application_name begins so. */
    static List<String> backends(PostgresServer server, String application) throws SQLException {
        try (Connection connection = server.connect(TestServers.DATABASE)) {
            return Sql.rows(
                    connection,
                    "SELECT pid, state, query FROM pg_stat_activity WHERE application_name LIKE '" + application
                            + "%'");
        }
    }

    /** Ends these backends and gives their number. */
    static long terminate(PostgresServer server, String application) throws SQLException {
        try (Connection connection = server.connect(TestServers.DATABASE)) {
            return Sql.number(
                    connection,
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name LIKE '"
                            + application + "%'");
        }
    }

    /** Ends one of these backends, whichever. */
    static void terminateOne(PostgresServer server, String application) throws SQLException {
        try (Connection connection = server.connect(TestServers.DATABASE)) {
            Sql.rows(
                    connection,
                    "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE application_name = '"
                            + application + "' ORDER BY random() LIMIT 1) AS victim");
        }
    }

    private static List<PostgresServer> both(TestServers servers) {
        return Stream.of(servers.primary(), servers.follower()).toList();
    }
}
