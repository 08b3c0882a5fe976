package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Protect.Holds;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.WireClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that waits is not taken for dead by what stands between; one that gives up gets later what it was granted, and only that. */
@Timeout(120)
class PatienceTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration NOTICES = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMillis(2_500);

    @Test
    void aHeldClientOutlivesAnIdleTimeoutOnItsWay() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.builder()
                        .holds(new Holds(2, LONG, LONG, LONG, NOTICES, LONG))
                        .start();
                ListeningProgram balancer = HaProxy.start(proxy.port(), IDLE);
                ConsoleClient cy = proxy.console("cy");
                ConsoleClient di = proxy.console("di")) {
            proxy.servers().execute("CREATE TABLE outlived AS SELECT 1 AS n");
            try (WireClient held = WireClient.login(balancer.port(), "patient")) {
                held.query("TRUNCATE outlived");
                String id = cy.awaitWaiting("TRUNCATE outlived");
                for (int i = 0; i < 2; i++) { // twice as long as the balancer puts up with silence
                    try (WireClient idle = WireClient.login(balancer.port(), "idle")) {
                        assertThat(idle.readUntilClosed()).isEmpty();
                    }
                }
                cy.approve(id);
                di.approve(id);
                assertThat(held.readUntil('Z'))
                        .filteredOn(frame -> frame.type() != 'N')
                        .extracting(Frame::code)
                        .containsExactly("C", "Z");
            }
            assertThat(proxy.servers().count("outlived")).isZero();
        }
    }

    @Test
    void whoGivesUpIsGrantedThatStatementOnceAndNobodyElseIs() throws Exception {
        Duration shortly = Duration.ofMillis(200);
        try (ProxyFixture proxy = ProxyFixture.builder()
                        .holds(new Holds(2, LONG, shortly, shortly, NOTICES, LONG))
                        .start();
                ConsoleClient cy = proxy.console("cy");
                ConsoleClient di = proxy.console("di")) {
            proxy.servers().execute("CREATE TABLE given AS SELECT generate_series(1, 3) AS n");
            String sql = "DELETE FROM given WHERE n = $1::int OR true";
            List<String> value = List.of("1");
            try (WireClient ana = WireClient.login(proxy.port(), "impatient")) {
                assertThat(ana.execute(sql, value).hold()).isNotNull();
                assertThat(ana.answer().errors()).containsExactly("PW004");
            }
            String id = cy.awaitWaiting("DELETE FROM given");
            cy.approve(id);
            assertThat(di.approve(id)).isEqualTo("granted");

            try (WireClient bo = WireClient.login(proxy.port(), "bo", Map.of());
                    WireClient ana = WireClient.login(proxy.port(), "impatient")) {
                assertThat(bo.execute(sql, value).hold()).as("another person").isNotNull();
                assertThat(ana.execute(sql, List.of("2")).hold())
                        .as("other values")
                        .isNotNull();
                assertThat(ana.answer().errors()).containsExactly("PW004");
                assertThat(ana.execute(sql + ' ', value).hold())
                        .as("another text")
                        .isNotNull();
                assertThat(ana.answer().errors()).containsExactly("PW004");
            }
            try (Connection elsewhere = DriverManager.getConnection(
                    proxy.url("postgres"), ProxyFixture.properties("ana", Map.of("preferQueryMode", "simple")))) {
                SQLException other = Failure.of("PW004", () -> Sql.run(elsewhere, "TRUNCATE given"));
                assertThat(other.getMessage()).as("another database").doesNotContain(id);
            }
            assertThat(cy.hold(id).state()).isEqualTo("granted");
            assertThat(proxy.servers().count("given")).isEqualTo(3);

            try (WireClient ana = WireClient.login(proxy.port(), "again")) {
                assertThat(ana.execute(sql, value).tags()).containsExactly("DELETE 3");
                assertThat(ana.execute(sql, value).hold()).as("once").isNotNull();
            }
        }
    }
}
