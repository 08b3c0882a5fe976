package io.holdfast.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream.Account;
import io.holdfast.proxy.approval.FakeRun;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.LockReport;
import io.holdfast.proxy.approval.LockReport.Unknown;
import io.holdfast.proxy.approval.LockReport.Waiting;
import io.holdfast.proxy.approval.ReleasedRun;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a real server says of those that wait. */
@Timeout(120)
class LockLookTest {
    private static final Account ACCOUNT = new Account("holdfast", TestServers.PASSWORD, TestServers.DATABASE);
    private static final Instant NOW = Instant.parse("2026-03-13T09:00:00Z");

    private final TestServers servers = TestServers.shared();

    @Test
    void whoWaitsIsSeenWithTheLockAndEverybodyInTheWay() throws Exception {
        servers.execute("CREATE TABLE look_locked (n int)");
        try (Connection ana = servers.direct("ana");
                Connection di = servers.direct("di");
                Connection bo = servers.direct("bo");
                Connection cy = servers.direct("cy")) {
            bo.setAutoCommit(false);
            cy.setAutoCommit(false);
            Sql.run(bo, "SET application_name = 'night job'");
            Sql.run(bo, "INSERT INTO look_locked VALUES (1)");
            Sql.run(cy, "SELECT pg_advisory_xact_lock(7041)");
            var truncate = Background.run(() -> Sql.run(ana, "TRUNCATE look_locked"));
            var other = Background.run(() -> Sql.run(di, "SELECT pg_advisory_lock(7041)"));
            FakeRun first = run("H-2222", "ana", pid(ana));
            FakeRun second = run("H-3333", "di", pid(di));
            LockLook look = look(ACCOUNT);
            Live.until(
                    () -> look.at(List.of(first, second), NOW).values().stream().allMatch(Waiting.class::isInstance));

            Map<ReleasedRun, @Nullable LockReport> seen = look.at(List.of(first, second), NOW);

            Waiting waiting = waiting(seen.get(first));
            assertThat(waiting.lock()).isEqualTo("AccessExclusiveLock on relation public.look_locked");
            assertThat(waiting.blockers()).singleElement().satisfies(blocker -> {
                assertThat(blocker.processId()).isEqualTo(pid(bo));
                assertThat(blocker.user()).isEqualTo("bo");
                assertThat(blocker.application()).isEqualTo("night job");
                assertThat(blocker.address()).isEqualTo("127.0.0.1");
                assertThat(blocker.state()).isEqualTo("idle in transaction");
                assertThat(blocker.since()).isNotNull();
                assertThat(blocker.query()).isEqualTo("INSERT INTO look_locked VALUES (1)");
            });
            Waiting advisory = waiting(seen.get(second));
            assertThat(advisory.lock()).isEqualTo("ExclusiveLock on advisory");
            assertThat(advisory.blockers()).extracting("user").containsExactly("cy");

            bo.rollback();
            cy.rollback();
            truncate.result();
            other.result();
            Live.until(() -> look.at(List.of(first), NOW).get(first) == null);
            look.disconnect();
        }
    }

    @Test
    void whatCannotBeToldIsSaid() throws Exception {
        servers.administer("DROP ROLE IF EXISTS look_stranger", "CREATE ROLE look_stranger LOGIN PASSWORD 'pw'");
        try (Connection ana = servers.direct("ana")) {
            FakeRun run = run("H-2222", "ana", pid(ana));

            assertThat(why(look(ACCOUNT), run("H-2222", "ana", Integer.MAX_VALUE)))
                    .contains("a pooler stands between");
            assertThat(why(look(ACCOUNT), run("H-2222", "bo", pid(ana)))).contains("a pooler stands between");
            assertThat(why(look(new Account("look_stranger", "pw", TestServers.DATABASE)), run))
                    .contains("GRANT pg_monitor");
            assertThat(why(
                            new LockLook(
                                    new BackgroundConnections(Live.upstream(ACCOUNT, servers.primary())),
                                    new LockLook.Place(new HostPort("127.0.0.1", 1), TestServers.DATABASE),
                                    Duration.ofMillis(1)),
                            run))
                    .startsWith("127.0.0.1:1: ");
        }
    }

    private static Waiting waiting(@Nullable LockReport report) {
        return (Waiting) Objects.requireNonNull(report);
    }

    private static @Nullable String why(LockLook look, ReleasedRun run) {
        LockReport report = look.at(List.of(run), NOW).get(run);
        look.disconnect();
        return report instanceof Unknown unknown ? unknown.why() : null;
    }

    private LockLook look(Account account) {
        return new LockLook(
                new BackgroundConnections(Live.upstream(account, servers.primary())),
                new LockLook.Place(Live.address(servers.primary()), TestServers.DATABASE),
                Duration.ofMillis(1));
    }

    private static FakeRun run(String id, String user, int processId) {
        return new FakeRun(
                new HoldId(id), user, new ReleasedRun.Backend(new HostPort("primary", 5432), processId, true, 0));
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
    }
}
