package io.holdfast.proxy.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.postgres.PostgresServer;
import io.holdfast.postgres.PostgresServer.Mode;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * 32 clients work while a follower crashes, the primary crashes, restarts and freezes, and a follower is promoted. Nobody hangs, no write
 * is lost or run twice, nobody misses what they have written or seen, and no error is one that PostgreSQL could not have given.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FailoverTest {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverTest.class);
    private static final int CLIENTS = 32;
    private static final List<Worker.Kind> KINDS = List.of(Worker.Kind.values());
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration FROZEN = Duration.ofMillis(1500);

    @AutoClose
    private static TestServers servers;

    private static ProxyFixture proxy;

    private final List<Worker> workers = new ArrayList<>();
    private volatile boolean working = true;

    @BeforeAll
    static void open() throws SQLException {
        servers = TestServers.start(2);
        servers.execute(Ledger.TABLE);
        proxy = ProxyFixture.builder()
                .servers(servers)
                .maxLag(Duration.ofSeconds(2))
                .admin()
                .start();
    }

    @AfterAll
    static void close() {
        proxy.close();
    }

    @Test
    void nobodyHangsAndNoWriteIsLostOrRunTwice() throws Exception {
        PostgresServer primary = servers.primary();
        PostgresServer heir = servers.followers().get(0);
        PostgresServer orphan = servers.followers().get(1);
        List<Background<Ledger>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Worker worker = new Worker(i, KINDS.get(i % KINDS.size()), proxy, () -> working);
            workers.add(worker);
            clients.add(Background.run(worker::work));
        }
        try {
            everybodyWrites("at first");

            heir.kill();
            everybodyWrites("without a follower");
            heir.start();
            everybodyWrites("with the follower back");

            primary.kill();
            primary.start();
            everybodyWrites("after a crash of the primary");

            primary.restart();
            everybodyWrites("after a restart of the primary");

            freeze(primary, () -> TimeUnit.NANOSECONDS.sleep(FROZEN.toNanos()));
            everybodyWrites("after a frozen primary");

            freeze(heir, () -> everybodyWrites("with a frozen follower"));

            primary.stop(Mode.FAST); // sends its last WAL to both
            promote(heir);
            everybodyWrites("after a promotion");

            heir.kill();
            heir.start();
            everybodyWrites("after a crash of the new primary");
        } finally {
            working = false;
        }
        List<Ledger> ledgers = new ArrayList<>();
        for (Background<Ledger> client : clients) {
            ledgers.add(client.result());
        }
        try (Connection server = heir.connect(TestServers.DATABASE)) {
            assertThat(Ledger.check(ledgers, server)).isEmpty();
            LOG.info("{} rows", Worker.count(server));
        }
        nobodyReadsFrom(orphan);
        nothingIsLeft(heir, orphan);
    }

    private void everybodyWrites(String when) {
        LOG.info("{}", when);
        long[] before =
                workers.stream().mapToLong(worker -> worker.ledger().written()).toArray();
        await(when).atMost(PATIENCE).until(() -> {
            for (int i = 0; i < CLIENTS; i++) {
                if (workers.get(i).ledger().written() == before[i]) {
                    return false;
                }
            }
            return true;
        });
    }

    private static void promote(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            assertThat(Sql.text(connection, "SELECT pg_promote()")).isEqualTo("t");
        }
    }

    private interface Meanwhile {
        void run() throws InterruptedException;
    }

    private static void freeze(PostgresServer server, Meanwhile meanwhile)
            throws IOException, InterruptedException, SQLException {
        Postmaster postmaster = Postmaster.of(server);
        postmaster.signal("STOP");
        try {
            meanwhile.run();
        } finally {
            postmaster.signal("CONT");
        }
    }

    /** It follows a primary that is no more. */
    private static void nobodyReadsFrom(PostgresServer orphan) throws SQLException {
        try (Connection connection = proxy.connect("ana")) {
            await().atMost(PATIENCE).until(() -> port(connection) != orphan.port());
        }
        for (int i = 0; i < CLIENTS; i++) {
            try (Connection connection = proxy.connect("ana")) {
                assertThat(port(connection)).isNotEqualTo(orphan.port());
            }
        }
    }

    private static int port(Connection connection) throws SQLException {
        return (int) Sql.number(connection, "SELECT inet_server_port()");
    }

    private static void nothingIsLeft(PostgresServer... left) {
        await().atMost(PATIENCE).until(() -> sessions() == 0);
        for (PostgresServer server : left) {
            await().atMost(PATIENCE).until(() -> {
                try (Connection connection = server.connect("postgres")) {
                    return Sql.number(connection, "SELECT count(*) FROM pg_stat_activity WHERE usename = 'ana'") == 0;
                }
            });
        }
    }

    private static long sessions() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI metrics = URI.create("http://127.0.0.1:" + proxy.adminPort() + "/metrics");
            return client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith("holdfast_sessions "))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                    .sum();
        }
    }
}
