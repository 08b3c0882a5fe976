package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Protect.Holds;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The primary dies while a released statement waits there for a lock. */
@Timeout(120)
class LockWaitDeathTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @AutoClose
    private final TestServers servers = TestServers.start(0);

    @AutoClose
    private final ProxyFixture proxy = ProxyFixture.builder()
            .servers(servers)
            .holds(new Holds(2, LONG, LONG, LONG, LONG, LONG, Duration.ofMillis(300)))
            .start();

    @Test
    void theOutcomeIsUnknownAndTheAlarmIsOver() throws Exception {
        servers.execute("CREATE TABLE lock_death AS SELECT 1 AS n");
        try (Connection bo = servers.direct("bo");
                Connection ana = proxy.connect("ana");
                ConsoleClient cy = proxy.console("cy");
                ConsoleClient di = proxy.console("di")) {
            bo.setAutoCommit(false);
            Sql.run(bo, "LOCK TABLE lock_death IN ACCESS SHARE MODE");
            var waiting = Background.run(() -> Sql.run(ana, "TRUNCATE lock_death"));
            String id = cy.awaitWaiting("TRUNCATE lock_death");
            cy.approve(id);
            di.approve(id);
            Eventually.holds(() -> cy.hold(id).state().startsWith("released, waits for a lock for "));

            servers.primary().kill();

            Failure.of("57P01", waiting::result);
            Eventually.holds(() -> cy.hold(id).state().equals("unknown outcome"));
            assertThat(cy.rows("SHOW HOLD " + id))
                    .contains("outcome|unknown: the connection was lost, it may have taken effect")
                    .noneMatch(row -> row.startsWith("waits for"));
            Failure.of("55000", () -> cy.rows("CANCEL " + id));
        }
    }
}
