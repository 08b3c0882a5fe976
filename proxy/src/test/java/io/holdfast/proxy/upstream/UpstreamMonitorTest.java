package io.holdfast.proxy.upstream;

import static io.holdfast.proxy.upstream.Live.address;
import static io.holdfast.proxy.upstream.Live.execute;
import static io.holdfast.proxy.upstream.Live.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import io.holdfast.config.Upstream.Account;
import io.holdfast.postgres.PostgresCluster;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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
    void followerOfAnIdlePrimaryThatSwitchedItsLogHasEverything() throws SQLException {
        BackgroundConnections connections =
                new BackgroundConnections(Live.upstream(Live.superuser(cluster), cluster.standby(), cluster.primary()));
        try (HostConnection onPrimary = new HostConnection(connections.open(primary), primary);
                HostConnection onStandby = new HostConnection(connections.open(standby), standby)) {
            // Again if a background process wrote at the same moment: its record would hide the header.
            await().atMost(Live.LIMIT).pollInterval(Duration.ofMillis(250)).until(() -> {
                execute(
                        cluster.primary(),
                        "SELECT pg_logical_emit_message(true, 'test', 'x')",
                        "SELECT pg_switch_wal()");
                cluster.awaitReplay(Live.LIMIT);
                String before = insertLsn();
                long written = ((HostAnswer.Primary) onPrimary.ask(System::nanoTime)).insertLsn();
                long replayed = ((HostAnswer.Standby) onStandby.ask(System::nanoTime)).replayLsn();
                return before.endsWith("000028") && before.equals(insertLsn()) && Lsn.covers(replayed, written);
            });
        }
    }

    private static String insertLsn() throws SQLException {
        try (Connection connection = cluster.primary().connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_wal_insert_lsn()")) {
            row.next();
            return row.getString(1);
        }
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
    void suspectedHostIsOutAtOnceAndComesBackByItself() {
        // With such an interval nothing but the suspicion can tell the monitor that the host is gone.
        Upstream config = Live.upstream(Live.superuser(cluster), cluster.standby(), cluster.primary());
        try (UpstreamMonitor slow = Live.monitor(withInterval(config, Duration.ofDays(1)))) {
            assertThat(slow.topology().freshest(Lsn.ZERO)).contains(standby);
            cluster.standby().kill();
            try {
                assertThat(slow.topology().freshest(Lsn.ZERO)).contains(standby);
                slow.suspect(new HostPort("unknown.invalid", 1));
                slow.suspect(standby);
                assertThat(slow.topology().freshest(Lsn.ZERO)).isEmpty();
            } finally {
                cluster.standby().start();
            }
            until(() -> slow.topology().freshest(Lsn.ZERO).isPresent());
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

    private static Upstream withInterval(Upstream config, Duration interval) {
        return new Upstream(
                config.environment(),
                config.hosts(),
                config.tls(),
                config.account(),
                config.authQuery(),
                config.maxLag(),
                config.fallback(),
                interval,
                config.connectTimeout());
    }
}
