package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is one hold, however many statements there are in it, and that its approval covers exactly those in that order. */
@Timeout(120)
class OneApprovalTest {
    private static final int MANY = 20;

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

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
    void aTransactionInOneQueryOfPsqlIsOneHoldThatShowsAllOfIt() throws Exception {
        ClientProgram.Installed psql = ClientProgram.installed("psql");
        List<String> tables = tables("one_query");
        String script = "BEGIN; "
                + tables.stream().map(table -> "DELETE FROM " + table).collect(Collectors.joining("; ")) + "; COMMIT";
        Background<String> runs = Background.run(() ->
                ClientProgram.run(psql, proxy.port(), "", "-U", "ana", "-d", TestServers.DATABASE, "-X", "-c", script));

        String id = cy.awaitWaiting("one_query_0");
        assertThat(String.join("\n", cy.rows("SHOW HOLD " + id))).contains(script, "statement " + (MANY + 2) + "|");
        assertThat(cy.holds())
                .filteredOn(hold -> hold.statement().contains("one_query"))
                .hasSize(1);
        cy.approve(id);
        di.approve(id);

        assertThat(runs.result()).contains("COMMIT");
        for (String table : tables) {
            assertThat(proxy.servers().count(table)).as(table).isZero();
        }
    }

    @Test
    void aDenialOfSuchATransactionLeavesAllOfItUndone() throws Exception {
        List<String> tables = tables("all_denied");
        try (Connection ana = proxy.connect("ana");
                Statement statement = ana.createStatement()) {
            String script = tables.stream().map(table -> "DELETE FROM " + table).collect(Collectors.joining("; "));
            var waiting = Background.run(() -> statement.execute("BEGIN; " + script + "; COMMIT"));
            cy.deny(cy.awaitWaiting("all_denied_0"), "not today");
            Failure.of("PW001", waiting::result);
        }
        for (String table : tables) {
            assertThat(proxy.servers().count(table)).as(table).isEqualTo(2);
        }
    }

    @Test
    void aBatchUpToItsSyncIsOneHoldWithEveryValue() throws Exception {
        proxy.servers().execute("CREATE TABLE one_batch AS SELECT n FROM generate_series(1, 20) n");
        try (Connection ana = proxy.connect("ana");
                PreparedStatement delete =
                        ana.prepareStatement("DELETE FROM one_batch WHERE n = ? OR true /* one */")) {
            ana.setAutoCommit(false);
            for (int n = 1; n <= MANY; n++) {
                delete.setInt(1, 4_700 + n);
                delete.addBatch();
            }
            var waiting = Background.run(delete::executeBatch);
            String id = cy.awaitWaiting("/* one */");
            List<String> sheet = cy.rows("SHOW HOLD " + id);
            for (int n = 1; n <= MANY; n++) {
                assertThat(sheet).contains("statement " + n + " value $1|" + (4_700 + n));
            }
            cy.approve(id);
            di.approve(id);
            assertThat(waiting.result()).hasSize(MANY);
            ana.commit();
            assertThat(proxy.servers().count("one_batch")).isZero();
        }
    }

    /** What comes next is not known when the first is held: nobody has seen it, so nobody has approved it. */
    @Test
    void aTransactionStatementByStatementWaitsOnceAndIsThenToldHowToAskForAllAtOnce() throws Exception {
        List<String> tables = tables("step_by_step");
        try (Connection ana = proxy.connect("ana")) {
            ana.setAutoCommit(false);
            var first = Background.run(() -> Sql.run(ana, "DELETE FROM " + tables.get(0)));
            String id = cy.awaitWaiting("step_by_step_0");
            cy.approve(id);
            di.approve(id);
            first.result();

            SQLException ticket = Failure.of("PW004", () -> Sql.run(ana, "DELETE FROM " + tables.get(1)));
            assertThat(ticket.getMessage()).contains("Sent as one query (BEGIN; ...; COMMIT), all of it is one hold.");
            Failure.of("25P02", () -> Sql.number(ana, "SELECT 1"));
            ana.rollback();
        }
        assertThat(proxy.servers().count(tables.get(0))).isEqualTo(2);
    }

    /** BYPASS: a ticket for a batch is for these texts and values in this order, once. */
    @Test
    void theApprovalOfSeveralIsForTheirOrderAndNothingElse() throws Exception {
        List<String> tables = tables("in_order");
        String forth = "DELETE FROM " + tables.get(0) + "; DELETE FROM " + tables.get(1);
        String back = "DELETE FROM " + tables.get(1) + "; DELETE FROM " + tables.get(0);
        try (Connection ana = proxy.connect("ana", Map.of("preferQueryMode", "simple"))) {
            ana.setAutoCommit(false);
            ask(ana, forth, "PW004");
            String id = cy.awaitWaiting(tables.get(0) + "; DELETE");
            cy.approve(id);
            di.approve(id);

            ask(ana, back, "PW004");
            ask(ana, forth + "; DELETE FROM " + tables.get(2), "PW004");
            ask(ana, "DELETE FROM " + tables.get(0), "PW004");
            assertThat(cy.hold(id).state()).isEqualTo("granted");
            Sql.run(ana, "INSERT INTO " + tables.get(3) + " VALUES (3)");
            Sql.run(ana, forth);
            ana.commit();
            ask(ana, forth, "PW004");
        }
        assertThat(proxy.servers().count(tables.get(0))).isZero();
        assertThat(proxy.servers().count(tables.get(2))).isEqualTo(2);
    }

    /** In a transaction that has written, so that nothing waits. */
    private static void ask(Connection ana, String sql, String expected) throws SQLException {
        Sql.run(ana, "INSERT INTO in_order_3 VALUES (3)");
        Failure.of(expected, () -> Sql.run(ana, sql));
        ana.rollback();
    }

    private static List<String> tables(String name) throws SQLException {
        List<String> tables =
                IntStream.range(0, MANY).mapToObj(i -> name + '_' + i).toList();
        proxy.servers()
                .execute(tables.stream()
                        .map(table -> "CREATE TABLE " + table + " AS SELECT n FROM generate_series(1, 2) n")
                        .toArray(String[]::new));
        return tables;
    }
}
