package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Protect.Holds;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The other ends of a hold: time, the client itself, a rule; with times so short that nobody can decide. */
@Timeout(120)
class HoldEndsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(10);

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder()
            .holds(new Holds(2, LONG, SHORT, SHORT, Duration.ofMillis(100), LONG))
            .rules(
                    rule("expires", "expiring", new Action.Hold(2, SHORT)),
                    rule("delays", "delayed", new Action.Delay(SHORT)),
                    rule("delays long", "objected", new Action.Delay(LONG)),
                    rule("refuses", "refused", new Action.Refuse("not here")),
                    rule("allows", "allowed", new Action.Allow()))
            .start();

    private static ConsoleClient cy;
    private static ConsoleClient di;

    @BeforeAll
    static void sitDownAtTheConsole() throws SQLException {
        cy = proxy.console("cy");
        di = proxy.console("di");
    }

    @AfterAll
    static void leave() throws SQLException {
        cy.close();
        di.close();
    }

    @Test
    void timeEndsAHoldAndTheClientIsTold() throws Exception {
        table("expiring");
        try (Connection ana = proxy.connect("ana")) {
            Failure.of("PW002", () -> Sql.run(ana, "TRUNCATE expiring"));
            String id = cy.awaitHold("TRUNCATE expiring", "expired");
            Failure.of("55000", () -> cy.approve(id));
            assertThat(Sql.number(ana, "SELECT count(*) FROM expiring")).isEqualTo(2);
        }
        assertThat(proxy.servers().count("expiring")).isEqualTo(2);
    }

    @Test
    void aClientThatCannotWaitGetsATicketThatPassesOnce() throws Exception {
        table("ticket");
        try (Connection ana = proxy.connect("ana")) {
            SQLException ticket = Failure.of("PW004", () -> Sql.run(ana, "TRUNCATE ticket"));
            String id = cy.awaitWaiting("TRUNCATE ticket");
            assertThat(ticket.getMessage()).contains(id);
            cy.approve(id);
            di.approve(id);
            assertThat(proxy.servers().count("ticket")).isEqualTo(2);
        }
        try (Connection again = proxy.connect("ana")) {
            assertThat(Sql.number(again, "SELECT count(*) FROM ticket")).isEqualTo(2);
            Sql.run(again, "TRUNCATE ticket");
            assertThat(proxy.servers().count("ticket")).isZero();
            Failure.of("PW004", () -> Sql.run(again, "TRUNCATE ticket"));
        }
    }

    @Test
    void aDelayEndsByItself() throws Exception {
        table("delayed");
        try (Connection ana = proxy.connect("ana");
                Statement statement = ana.createStatement()) {
            statement.execute("TRUNCATE delayed");
            assertThat(statement.getWarnings().getMessage()).contains("unless somebody denies it");
        }
        assertThat(proxy.servers().count("delayed")).isZero();
    }

    @Test
    void anObjectionEndsADelay() throws Exception {
        table("objected");
        try (Connection ana = proxy.connect("ana")) {
            var waiting = Background.run(() -> Sql.run(ana, "TRUNCATE objected"));
            cy.deny(cy.awaitWaiting("TRUNCATE objected"), "mine");
            Failure.of("PW001", waiting::result);
        }
        assertThat(proxy.servers().count("objected")).isEqualTo(2);
    }

    @Test
    void aRuleRefusesAtOnce() throws Exception {
        table("refused");
        try (Connection ana = proxy.connect("ana")) {
            assertThat(Failure.of("PW003", () -> Sql.run(ana, "TRUNCATE refused"))
                            .getMessage())
                    .contains("not here");
        }
        assertThat(proxy.servers().count("refused")).isEqualTo(2);
    }

    @Test
    void aRuleAllowsAtOnce() throws Exception {
        table("allowed");
        try (Connection ana = proxy.connect("ana")) {
            Sql.run(ana, "TRUNCATE allowed");
        }
        assertThat(proxy.servers().count("allowed")).isZero();
    }

    @Test
    void theClientIsRemindedWhileItWaits() throws Exception {
        try (Connection ana = proxy.connect("ana");
                Statement statement = ana.createStatement()) {
            Failure.of("PW004", () -> statement.execute("DROP TABLE customers /* reminded */"));
            assertThat(statement.getWarnings().getNextWarning().getMessage()).contains("held as", "0 so far");
        }
    }

    @Test
    void anApplicationsOwnNameIsInTheAudit() throws Exception {
        table("named");
        try (Connection ana = proxy.connect("ana", Map.of("ApplicationName", "nightly"))) {
            Sql.run(ana, "INSERT INTO named VALUES (3)");
            Eventually.holds(() -> Files.readAllLines(proxy.audit()).stream()
                    .anyMatch(line ->
                            line.contains("INSERT INTO named") && line.contains("\"application\":\"nightly\"")));
        }
    }

    private static RuleConfig rule(String name, String table, Action then) {
        return new RuleConfig(
                name,
                new RuleConfig.When(
                        Set.of(),
                        Set.of("TRUNCATE"),
                        List.of(table),
                        List.of(),
                        false,
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        List.of()),
                then);
    }

    private static void table(String name) throws SQLException {
        proxy.servers().execute("CREATE TABLE " + name + " (n int)", "INSERT INTO " + name + " VALUES (1), (2)");
    }
}
