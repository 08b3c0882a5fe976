package io.holdfast.proxy.upstream;

import static io.holdfast.proxy.upstream.Live.address;
import static io.holdfast.proxy.upstream.Live.execute;
import static io.holdfast.proxy.upstream.Live.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import io.holdfast.config.Upstream.Account;
import io.holdfast.postgres.PostgresCluster;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamMonitorTest {
    private static PostgresCluster cluster;
    private static HostPort primary;
    private static HostPort standby;
    private UpstreamMonitor monitor;

    @BeforeAll
    static void startServers() {
        cluster = PostgresCluster.builder().standbys(1).start();
        primary = address(cluster.primary());
        standby = address(cluster.standby());
    }

    @AfterAll
    static void stopServers() {
        cluster.close();
    }

    @BeforeEach
    void start() {
        // The standby first: nothing may depend on the order.
        monitor = Live.monitor(Live.upstream(Live.superuser(cluster), cluster.standby(), cluster.primary()));
        until(() -> monitor.topology().freshest(Lsn.ZERO).isPresent());
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    private long insertLsnAfterNow() {
        long now = System.nanoTime();
        until(() -> monitor.insertLsnAfter(now) != UpstreamState.NOT_YET);
        return monitor.insertLsnAfter(now);
    }

    @Test
    void rolesAreFoundByAsking() {
        assertThat(monitor.topology().primary()).isEqualTo(primary);
        assertThat(monitor.topology().followers()).extracting(Follower::address).containsExactly(standby);
        assertThat(monitor.topology().freshest(Lsn.ZERO)).contains(standby);
    }

    @Test
    void parametersOfEverySessionAreKnown() {
        assertThat(monitor.primaryParameters())
                .containsEntry("server_encoding", "UTF8")
                .containsEntry("integer_datetimes", "on")
                .containsKeys("server_version", "standard_conforming_strings")
                .doesNotContainKeys("application_name", "TimeZone", "default_transaction_read_only", "is_superuser");
    }

    @Test
    void nothingIsKnownOfATimeAfterTheLastPoll() {
        assertThat(monitor.insertLsnAfter(System.nanoTime() + Live.LIMIT.toNanos()))
                .isEqualTo(UpstreamState.NOT_YET);
    }

    @Test
    void followerIsOfferedForAWriteOnceItHasReplayedIt() throws SQLException {
        execute(cluster.primary(), "CREATE TABLE note (id int)");
        execute(cluster.standby(), "SELECT pg_wal_replay_pause()");
        try {
            execute(cluster.primary(), "SET synchronous_commit = off", "INSERT INTO note VALUES (1)");
            long wanted = insertLsnAfterNow();

            assertThat(monitor.topology().freshest(wanted)).isEmpty();
            assertThat(monitor.topology().freshest(Lsn.ZERO)).contains(standby);

            execute(cluster.standby(), "SELECT pg_wal_replay_resume()");
            until(() -> monitor.topology().freshest(wanted).isPresent());
            execute(cluster.standby(), "SELECT 1 / count(*) FROM note"); // fails on an empty table
        } finally {
            execute(cluster.standby(), "SELECT pg_wal_replay_resume()");
            execute(cluster.primary(), "DROP TABLE note");
        }
    }

    @Test
    void followerOfAnIdlePrimaryThatSwitchedItsLogDoesNotLag() throws SQLException {
        execute(cluster.primary(), "SELECT pg_logical_emit_message(true, 'test', 'x')", "SELECT pg_switch_wal()");
        long wanted = insertLsnAfterNow();
        until(() -> monitor.topology().freshest(wanted).isPresent());
        assertThat(monitor.topology().followers().getFirst().lag()).isZero();
    }

    @Test
    void crashedPrimaryIsMissedAndFoundAgainWhileReadsGoOn() {
        cluster.primary().kill();
        try {
            until(() -> monitor.topology().primary() == null);
            assertThat(monitor.topology().whyNoPrimary())
                    .startsWith("no primary: ")
                    .contains(primary + ": down: ");
            assertThat(monitor.topology().freshest(Lsn.ZERO)).contains(standby);
        } finally {
            cluster.primary().start();
        }
        until(() -> primary.equals(monitor.topology().primary()));
        assertThat(insertLsnAfterNow()).isNotEqualTo(Lsn.ZERO);
    }

    @Test
    void crashedFollowerGetsNoReadsUntilItIsBack() {
        cluster.standby().kill();
        try {
            until(() -> monitor.topology().freshest(Lsn.ZERO).isEmpty());
            assertThat(monitor.topology().primary()).isEqualTo(primary);
        } finally {
            cluster.standby().start();
        }
        until(() -> monitor.topology().freshest(Lsn.ZERO).isPresent());
    }

    @Test
    void suspectedHostIsOutUntilItAnswers() {
        // Its pause is so long that only a suspicion can end it.
        Upstream config = Live.upstream(Live.superuser(cluster), cluster.standby(), cluster.primary());
        List<Topology> seen = Collections.synchronizedList(new ArrayList<>());
        try (UpstreamMonitor slow = UpstreamMonitor.start(withLongInterval(config), System::nanoTime, seen::add)) {
            slow.ready().toCompletableFuture().join();
            int before = seen.size();
            slow.suspect(standby);
            slow.suspect(new HostPort("unknown.invalid", 1));
            until(() -> slow.topology().freshest(Lsn.ZERO).isPresent() && seen.size() > before);
        }
    }

    @Test
    void accountNeedsNoPrivilegeToPoll() throws SQLException {
        execute(
                cluster.primary(),
                "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM public",
                "CREATE ROLE watcher LOGIN PASSWORD 'watching'");
        Account watcher = new Account("watcher", "watching", "postgres");
        try (UpstreamMonitor modest = Live.monitor(Live.upstream(watcher, cluster.standby(), cluster.primary()))) {
            until(() -> primary.equals(modest.topology().primary())
                    && modest.topology().freshest(Lsn.ZERO).isPresent());
        } finally {
            execute(cluster.primary(), "GRANT EXECUTE ON FUNCTION pg_control_system() TO public", "DROP ROLE watcher");
        }
    }

    private static Upstream withLongInterval(Upstream config) {
        return new Upstream(
                config.environment(),
                config.hosts(),
                config.tls(),
                config.account(),
                config.authQuery(),
                config.maxLag(),
                config.fallback(),
                Duration.ofDays(1),
                config.connectTimeout());
    }
}
