package io.holdfast.proxy.upstream;

import static org.awaitility.Awaitility.await;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import io.holdfast.config.Upstream.Account;
import io.holdfast.config.UpstreamTls;
import io.holdfast.postgres.PostgresCluster;
import io.holdfast.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** What tests with real servers share. */
final class Live {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private Live() {}

    static HostPort address(PostgresServer server) {
        return new HostPort(server.host(), server.port());
    }

    static Account superuser(PostgresCluster cluster) {
        return new Account(cluster.superuser(), cluster.password(), "postgres");
    }

    static Upstream upstream(Account account, PostgresServer... servers) {
        return new Upstream(
                Upstream.Environment.LOCAL,
                List.of(servers).stream().map(Live::address).toList(),
                new UpstreamTls(UpstreamTls.Mode.DISABLE, null),
                account,
                Upstream.DEFAULT_AUTH_QUERY,
                Duration.ofMinutes(1),
                Upstream.Fallback.PRIMARY,
                Duration.ofMillis(20),
                Duration.ofSeconds(5));
    }

    static UpstreamMonitor monitor(Upstream upstream) {
        UpstreamMonitor monitor = UpstreamMonitor.start(upstream, System::nanoTime);
        monitor.ready().toCompletableFuture().join();
        return monitor;
    }

    static void until(Callable<Boolean> condition) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(condition);
    }

    static void execute(PostgresServer server, String... statements) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
