package io.holdfast.proxy.upstream;

import static io.holdfast.proxy.upstream.Live.execute;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import io.holdfast.config.Upstream.Account;
import io.holdfast.postgres.PostgresCluster;
import io.holdfast.postgres.PostgresServer;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.RestorePoint;
import io.holdfast.proxy.approval.RestorePoint.Named;
import io.holdfast.proxy.approval.RestorePoint.None;
import io.holdfast.proxy.approval.RestorePoint.Position;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PrimaryRestorePointsTest {
    private static final HoldId HOLD = new HoldId("H-7K2M");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-13T09:00:07.9Z"));
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);

    @AutoClose
    private static final PostgresCluster cluster =
            PostgresCluster.builder().standbys(1).start();

    @BeforeAll
    static void createAccounts() throws SQLException {
        execute(
                cluster.primary(),
                "CREATE ROLE permitted LOGIN PASSWORD 'pw'",
                "GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO permitted",
                "CREATE ROLE stranger LOGIN PASSWORD 'pw'");
    }

    private static RestorePoint ask(Account account, PostgresServer server) throws Exception {
        return ask(Live.upstream(account, server), Live.address(server), LONG);
    }

    private static RestorePoint ask(Upstream config, @Nullable HostPort primary, Duration limit) throws Exception {
        return new PrimaryRestorePoints(config, new Known(primary), CLOCK, limit)
                .before(HOLD)
                .toCompletableFuture()
                .get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void anAccountThatMaySetsARestorePointWithANameThatDoesNotComeAgain() throws Exception {
        RestorePoint point = ask(new Account("permitted", "pw", "postgres"), cluster.primary());

        assertThat(point).isInstanceOfSatisfying(Named.class, named -> {
            assertThat(named.name()).isEqualTo("holdfast-H-7K2M-20260313T090007Z");
            assertThat(cluster.primary().logTail())
                    .contains("restore point \"" + named.name() + "\" created at " + named.lsn());
            assertThat(named.at()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
            assertThat(named.undo())
                    .isEqualTo("restore a backup to restore point holdfast-H-7K2M-20260313T090007Z"
                            + " (recovery_target_name), or to LSN " + named.lsn()
                            + " (recovery_target_lsn, with recovery_target_inclusive = off), " + named.at()
                            + " by the server's clock");
        });
    }

    @Test
    void anAccountThatMayNotGetsTheLsnAndSaysWhy() throws Exception {
        RestorePoint point = ask(new Account("stranger", "pw", "postgres"), cluster.primary());

        assertThat(point).isInstanceOfSatisfying(Position.class, position -> {
            assertThat(Lsn.parse(position.lsn())).isPositive();
            assertThat(position.why()).isEqualTo("permission denied for function pg_create_restore_point");
            assertThat(position.undo())
                    .startsWith("restore a backup to LSN " + position.lsn() + " (recovery_target_lsn, with")
                    .endsWith("; no restore point: " + position.why());
        });
    }

    @Test
    void aServerWithoutEnoughWalGetsTheLsn() throws Exception {
        try (PostgresCluster minimal = PostgresCluster.builder()
                .setting("wal_level", "minimal")
                .setting("max_wal_senders", "0")
                .start()) {
            assertThat(ask(Live.superuser(minimal), minimal.primary()))
                    .isInstanceOfSatisfying(
                            Position.class,
                            position -> assertThat(position.why())
                                    .contains("WAL level not sufficient for creating a restore point"));
        }
    }

    @Test
    void aStandbyThatWasTakenForThePrimaryGivesNothing() throws Exception {
        assertThat(ask(Live.superuser(cluster), cluster.standby()))
                .isInstanceOfSatisfying(
                        None.class, none -> assertThat(none.why()).contains("recovery is in progress"));
    }

    @Test
    void withoutAPrimaryThereIsNothingAndTheReason() throws Exception {
        assertThat(ask(Live.upstream(Live.superuser(cluster), cluster.primary()), null, LONG))
                .isInstanceOfSatisfying(
                        None.class, none -> assertThat(none.why()).startsWith("no primary"));
    }

    @Test
    void aPasswordThatIsWrongHoldsNothingUp() throws Exception {
        assertThat(ask(new Account("permitted", "wrong", "postgres"), cluster.primary()))
                .isInstanceOfSatisfying(
                        None.class, none -> assertThat(none.why()).contains("password authentication failed"));
    }

    @Test
    void aPrimaryThatHangsIsNotWaitedFor() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            HostPort address = new HostPort("127.0.0.1", silent.getLocalPort());
            Upstream config = Live.upstream(Live.superuser(cluster), cluster.primary());

            assertThat(ask(config, address, SHORT)).isEqualTo(new None("no answer within 200 ms"));
        }
    }

    @Test
    void manyAtOnceAllGetTheirOwn() throws Exception {
        Upstream config = Live.upstream(Live.superuser(cluster), cluster.primary());
        var points = new PrimaryRestorePoints(config, new Known(Live.address(cluster.primary())), CLOCK, LONG);
        var asked = List.of("H-2222", "H-3333", "H-4444", "H-5555", "H-6666", "H-7777", "H-8888", "H-9999").stream()
                .map(id -> points.before(new HoldId(id)).toCompletableFuture())
                .toList();

        for (var one : asked) {
            assertThat(one.get(LONG.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(Named.class);
        }
    }

    /** @param primary null: there is none */
    private record Known(@Nullable HostPort primary) implements UpstreamState {
        @Override
        public Topology topology() {
            return new Topology(primary, List.of());
        }

        @Override
        public long insertLsnAfter(long nanoTime) {
            return NOT_YET;
        }

        @Override
        public long lastInsertLsn() {
            return Lsn.ZERO;
        }

        @Override
        public void suspect(HostPort host) {}

        @Override
        public void hurry() {}

        @Override
        public Map<String, String> primaryParameters() {
            return Map.of();
        }
    }
}
