package io.holdfast.proxy.consistency;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.postgres.PostgresServer;
import io.holdfast.proxy.consistency.View.Reading;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writers and readers on many sessions, behind a proxy with two followers whose replay stalls, and which crash, at random but by a fixed
 * seed. Every session's reads are checked against what it has written and read before.
 *
 * <p>Runs for {@value #SECONDS} seconds of its system property; the build's default is short.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ConsistencyTest {
    private static final Logger LOG = LoggerFactory.getLogger(ConsistencyTest.class);
    static final String SECONDS = "holdfast.test.consistency.seconds";

    private static final long SEED = Long.getLong("holdfast.test.consistency.seed", 20_180_313);
    private static final Duration RUN = Duration.ofSeconds(Integer.getInteger(SECONDS, 10));
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WRITERS = 3;
    private static final int READERS = 6;
    private static final String READ =
            "SELECT n, inet_server_addr()::text || ':' || inet_server_port(), pg_is_in_recovery() FROM counters ORDER BY id";

    @AutoClose
    private static TestServers servers;

    private static ProxyFixture proxy;

    private final AtomicLongArray acknowledged = new AtomicLongArray(WRITERS);
    private final long end = System.nanoTime() + RUN.toNanos();

    @BeforeAll
    static void open() throws SQLException {
        servers = TestServers.start(2);
        servers.execute(
                "CREATE TABLE counters (id int PRIMARY KEY, n bigint NOT NULL)",
                "INSERT INTO counters SELECT id, 0 FROM generate_series(0, " + (WRITERS - 1) + ") id");
        proxy = ProxyFixture.builder()
                .servers(servers)
                .maxLag(Duration.ofMillis(150))
                .start();
    }

    @AfterAll
    static void close() {
        proxy.close();
    }

    @Test
    void noSessionMissesItsOwnWriteOrSeesTimeGoBackwards() throws Exception {
        List<Background<View>> sessions = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int counter = i;
            sessions.add(Background.run(() -> write(counter)));
        }
        for (int i = 0; i < READERS; i++) {
            int reader = i;
            sessions.add(Background.run(() -> read(reader)));
        }
        harass(new Random(SEED));
        List<View> views = new ArrayList<>();
        for (Background<View> session : sessions) {
            views.add(session.result());
        }
        assertThat(views.stream().flatMap(view -> view.violations().stream())).isEmpty();
        Map<String, Long> reads = views.stream()
                .flatMap(view -> view.servers().stream())
                .collect(groupingBy(server -> server, TreeMap::new, counting()));
        int moves = views.stream().mapToInt(View::moves).sum();
        LOG.info("{} writes; reads by server: {}; {} moves", acknowledged, reads, moves);
        assertThat(reads).as("reads by server").hasSize(3);
        assertThat(moves).as("moves between servers").isGreaterThan(READERS);
        followersAreUsedAgain();
    }

    private View write(int counter) throws SQLException {
        View view = new View("writer " + counter, WRITERS);
        Random random = new Random(SEED + counter);
        try (Connection connection = proxy.connect("ana");
                PreparedStatement read = connection.prepareStatement(READ);
                PreparedStatement update = connection.prepareStatement("UPDATE counters SET n = ? WHERE id = ?")) {
            for (long n = 1; isRunning(); n++) {
                boolean transaction = random.nextInt(4) == 0;
                connection.setAutoCommit(!transaction);
                update.setLong(1, n);
                update.setInt(2, counter);
                update.executeUpdate();
                if (transaction) {
                    connection.commit();
                    connection.setAutoCommit(true);
                }
                view.wrote(counter, n);
                acknowledged.set(counter, n);
                for (int reads = random.nextInt(4); reads >= 0; reads--) {
                    check(read, view);
                    pause(random, 40);
                }
            }
        }
        return view;
    }

    /** Every second reader never pauses; one in three changes sides by itself, with transactions. */
    private View read(int reader) throws SQLException {
        View view = new View("reader " + reader, WRITERS);
        Random random = new Random(SEED + 100 + reader);
        try (Connection connection = proxy.connect("bo");
                PreparedStatement read = connection.prepareStatement(READ)) {
            while (isRunning()) {
                boolean transaction = reader % 3 == 0 && random.nextInt(10) == 0;
                connection.setAutoCommit(!transaction);
                check(read, view);
                if (transaction) {
                    connection.commit();
                }
                if (reader % 2 == 0) {
                    pause(random, 30);
                }
            }
        }
        return view;
    }

    private boolean isRunning() {
        return System.nanoTime() - end < 0;
    }

    private void check(PreparedStatement read, View view) throws SQLException {
        long[] before = new long[WRITERS];
        for (int i = 0; i < WRITERS; i++) {
            before[i] = acknowledged.get(i);
        }
        Reading reading;
        try {
            reading = reading(read);
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("PW009"); // its follower crashed while it answered
            return;
        }
        view.read(reading, before);
    }

    private static Reading reading(PreparedStatement read) throws SQLException {
        try (ResultSet rows = read.executeQuery()) {
            long[] values = new long[WRITERS];
            String server = "";
            boolean onFollower = false;
            for (int i = 0; rows.next(); i++) {
                values[i] = rows.getLong(1);
                server = rows.getString(2);
                onFollower = rows.getBoolean(3);
            }
            return new Reading(values, server, onFollower);
        }
    }

    /** Stalls followers, ends their sessions and crashes them; in the end both are well. */
    private void harass(Random random) throws SQLException {
        List<PostgresServer> followers = servers.followers();
        boolean[] paused = new boolean[followers.size()];
        while (isRunning()) {
            int victim = random.nextInt(followers.size());
            PostgresServer follower = followers.get(victim);
            int what = random.nextInt(20);
            if (what == 0) {
                follower.kill();
                follower.start();
                paused[victim] = false;
            } else if (what < 3) {
                run(follower, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IN ('ana', 'bo')");
            } else {
                paused[victim] ^= true;
                run(follower, paused[victim] ? "SELECT pg_wal_replay_pause()" : "SELECT pg_wal_replay_resume()");
            }
            pause(random, 300);
        }
        for (PostgresServer follower : followers) {
            run(follower, "SELECT pg_wal_replay_resume()");
        }
    }

    private static void run(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            Sql.run(connection, sql);
        }
    }

    private static void followersAreUsedAgain() throws SQLException {
        servers.awaitReplay();
        List<Connection> sessions = new ArrayList<>();
        try {
            await().atMost(PATIENCE).until(() -> {
                sessions.add(proxy.connect("ana"));
                return followersOf(sessions).size() == 2;
            });
        } finally {
            for (Connection session : sessions) {
                session.close();
            }
        }
    }

    private static Set<String> followersOf(List<Connection> sessions) throws SQLException {
        Set<String> found = new HashSet<>();
        for (Connection session : sessions) {
            try (PreparedStatement read = session.prepareStatement(READ)) {
                Reading reading = reading(read);
                if (reading.onFollower()) {
                    found.add(reading.server());
                }
            }
        }
        return found;
    }

    private static void pause(Random random, int mostMillis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(mostMillis)));
    }
}
