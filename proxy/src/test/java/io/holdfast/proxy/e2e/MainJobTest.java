package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.proxy.audit.AuditVerifier;
import io.holdfast.proxy.audit.AuditVerifier.Verification.Intact;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A statement that destroys data waits on the client's own connection until two different people approve it. */
@Timeout(120)
class MainJobTest {
    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    private static ConsoleClient cy;
    private static ConsoleClient cyToo;
    private static ConsoleClient di;

    @BeforeAll
    static void sitDownAtTheConsole() throws SQLException {
        cy = proxy.console("cy");
        cyToo = proxy.console("cy_too");
        di = proxy.console("di");
    }

    @AfterAll
    static void leave() throws SQLException {
        cy.close();
        cyToo.close();
        di.close();
    }

    @Test
    void truncateWaitsForTwoPeopleThenRunsWithTheNormalReply() throws Exception {
        table("waits");
        try (Connection ana = proxy.connect("ana");
                Statement statement = ana.createStatement()) {
            var truncate = Background.run(() -> statement.executeUpdate("TRUNCATE waits"));
            String id = cy.awaitWaiting("TRUNCATE waits");
            assertThat(cy.hold(id).approvals()).isEqualTo("0 of 2");
            assertThat(cy.approve(id)).isEqualTo("waiting");
            assertThat(cy.hold(id).approvals()).isEqualTo("1 of 2");
            assertThat(truncate.isDone()).isFalse();
            assertThat(proxy.servers().count("waits")).isEqualTo(2);

            di.approve(id);
            assertThat(truncate.result()).isZero();
            assertThat(proxy.servers().count("waits")).isZero();
            assertThat(Sql.number(ana, "SELECT count(*) FROM waits")).isZero();
            Eventually.holds(() -> cy.hold(id).state().equals("executed"));
            assertThat(statement.getWarnings().getMessage()).contains("held as " + id, "needs 2 approvals, 0 so far");
            assertThat(statement.getWarnings().getNextWarning().getMessage()).contains("1 so far");
        }
    }

    @Test
    void oneDenialEndsIt() throws Exception {
        table("denied");
        try (Connection ana = proxy.connect("ana")) {
            var truncate = Background.run(() -> Sql.run(ana, "TRUNCATE denied"));
            String id = cy.awaitWaiting("TRUNCATE denied");
            assertThat(di.deny(id, "not on a Friday")).isEqualTo("denied");
            SQLException error = Failure.of("PW001", truncate::result);
            assertThat(error.getMessage()).contains("denied by di", "not on a Friday");
            assertThat(Sql.number(ana, "SELECT count(*) FROM denied")).isEqualTo(2);
        }
    }

    @Test
    void whatTheServerSaysOfAnApprovedStatementReachesTheClient() throws Exception {
        try (Connection ana = proxy.connect("ana")) {
            var truncate = Background.run(() -> Sql.run(ana, "TRUNCATE no_such_table"));
            String id = cy.awaitWaiting("TRUNCATE no_such_table");
            cy.approve(id);
            di.approve(id);
            Failure.of("42P01", truncate::result);
            Eventually.holds(() -> cy.hold(id).state().equals("failed"));
            assertThat(Sql.number(ana, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void theRequesterCannotApprove() throws Exception {
        try (Connection request = proxy.connect("cy_too")) {
            var truncate = Background.run(() -> Sql.run(request, "TRUNCATE customers /* own */"));
            String id = cy.awaitWaiting("/* own */");
            for (ConsoleClient same : List.of(cy, cyToo)) {
                Failure.of("42501", () -> same.approve(id));
            }
            assertThat(cy.hold(id).approvals()).isEqualTo("0 of 2");
            di.deny(id, "no");
            Failure.of("PW001", truncate::result);
        }
    }

    @Test
    void onePersonWithTwoUsersApprovesOnce() throws Exception {
        table("twice");
        try (Connection ana = proxy.connect("ana")) {
            var truncate = Background.run(() -> Sql.run(ana, "TRUNCATE twice"));
            String id = cy.awaitWaiting("TRUNCATE twice");
            cy.approve(id);
            Failure.of("55000", () -> cyToo.approve(id));
            assertThat(cy.hold(id).approvals()).isEqualTo("1 of 2");
            assertThat(truncate.isDone()).isFalse();
            di.approve(id);
            truncate.result();
        }
        assertThat(proxy.servers().count("twice")).isZero();
    }

    @Test
    void whoIsNoApproverCannotApprove() throws Exception {
        table("peers");
        try (Connection ana = proxy.connect("ana");
                ConsoleClient bo = proxy.console("bo")) {
            var truncate = Background.run(() -> Sql.run(ana, "TRUNCATE peers"));
            String id = cy.awaitWaiting("TRUNCATE peers");
            Failure.of("42501", () -> bo.approve(id));
            cy.deny(id, "no");
            Failure.of("PW001", truncate::result);
        }
    }

    @Test
    void aClientThatLeavesTakesItsStatementAlong() throws Exception {
        table("deserted");
        Connection ana = proxy.connect("ana");
        var truncate = Background.run(() -> Sql.run(ana, "TRUNCATE deserted"));
        String id = cy.awaitWaiting("TRUNCATE deserted");
        ana.abort(Runnable::run);
        assertThatThrownBy(truncate::result).isInstanceOf(SQLException.class);
        Eventually.holds(() -> cy.hold(id).state().equals("withdrawn"));
        Failure.of("55000", () -> cy.approve(id));
        assertThat(proxy.servers().count("deserted")).isEqualTo(2);
    }

    @Test
    void cancelWithdrawsAHold() throws Exception {
        table("patient");
        try (Connection ana = proxy.connect("ana");
                Statement statement = ana.createStatement()) {
            var waiting = Background.run(() -> statement.execute("TRUNCATE patient"));
            String id = cy.awaitWaiting("TRUNCATE patient");
            statement.cancel();
            Failure.of("57014", waiting::result);
            Eventually.holds(() -> cy.hold(id).state().equals("withdrawn"));
            assertThat(Sql.number(ana, "SELECT count(*) FROM patient")).isEqualTo(2);
        }
        assertThat(proxy.servers().count("patient")).isEqualTo(2);
    }

    @Test
    void theAuditTellsWhoDidWhatAndIsIntact() throws Exception {
        table("audited");
        try (Connection ana = proxy.connect("ana")) {
            var truncate = Background.run(() -> Sql.run(ana, "TRUNCATE audited"));
            String id = cy.awaitWaiting("TRUNCATE audited");
            cy.approve(id);
            di.approve(id);
            truncate.result();
            Eventually.holds(() -> cy.hold(id).state().equals("executed"));

            Eventually.holds(() -> Files.readString(proxy.audit()).contains("TRUNCATE TABLE"));
            List<String> entries = Files.readAllLines(proxy.audit()).stream()
                    .filter(line -> line.contains('"' + id + '"'))
                    .toList();
            assertThat(entries)
                    .allSatisfy(line -> assertThat(line)
                            .contains("\"user\":\"ana\"", "\"person\":\"ana\"", "\"address\":\"127.0.0.1\""));
            assertThat(entries.getFirst()).contains("\"kind\":\"held\"", "\"text\":\"TRUNCATE audited\"");
            assertThat(entries.getLast())
                    .contains("\"person\":\"cy\",\"verdict\":\"approve\"", "\"person\":\"di\",\"verdict\":\"approve\"")
                    .contains("\"outcome\":{\"tag\":\"TRUNCATE TABLE\"");
        }
        assertThat(AuditVerifier.verify(proxy.audit())).isInstanceOf(Intact.class);
    }

    private static void table(String name) throws SQLException {
        proxy.servers()
                .execute("CREATE TABLE \"" + name + "\" (n int)", "INSERT INTO \"" + name + "\" VALUES (1), (2)");
    }
}
