package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a TRUNCATE is sent, it is held, and nothing that is sent with it runs before the decision. */
@Timeout(120)
class HoldEverywhereTest {
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

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void aPreparedStatementIsHeldEveryTimeItRuns(int prepareThreshold) throws Exception {
        String table = "prepared_" + (prepareThreshold + 1);
        table(table);
        var options = Map.of("prepareThreshold", String.valueOf(prepareThreshold));
        try (Connection ana = proxy.connect("ana", options);
                PreparedStatement truncate = ana.prepareStatement("TRUNCATE " + table)) {
            for (int run = 1; run <= 3; run++) {
                int count = isHeldThenRuns("TRUNCATE " + table, table, truncate::executeUpdate);
                assertThat(count).isZero();
                Sql.run(ana, "INSERT INTO " + table + " VALUES (1), (2)");
            }
        }
    }

    @Test
    void aValueBoundToAHeldStatementIsShown() throws Exception {
        table("with_values");
        try (Connection ana = proxy.connect("ana");
                PreparedStatement delete =
                        ana.prepareStatement("DELETE FROM with_values WHERE n > ? OR true /* values */")) {
            delete.setInt(1, 4711);
            var waiting = Background.run(delete::executeUpdate);
            String id = cy.awaitWaiting("/* values */");
            assertThat(cy.rows("SHOW HOLD " + id))
                    .anySatisfy(line -> assertThat(line).contains("4711"));
            cy.deny(id, "no");
            Failure.of("PW001", waiting::result);
        }
    }

    @Test
    void theApproverIsShownHowToCountTheRows() throws Exception {
        table("to_be_counted");
        try (Connection ana = proxy.connect("ana")) {
            var waiting = Background.run(() -> Sql.run(ana, "DELETE FROM to_be_counted AS x WHERE 1 = 1"));
            String id = cy.awaitWaiting("to_be_counted");
            await().untilAsserted(
                            () -> assertThat(cy.rows("SHOW HOLD " + id))
                                    .contains(
                                            "statement 1 rows of to_be_counted AS x|SELECT count(*) FROM to_be_counted AS x WHERE 1 = 1"));
            cy.deny(id, "no");
            Failure.of("PW001", waiting::result);
        }
    }

    @Test
    void aBatchBehindASelectIsHeldWhole() throws Exception {
        table("batched");
        try (Connection ana = proxy.connect("ana");
                Statement batch = ana.createStatement()) {
            assertThat(Sql.number(ana, "SELECT count(*) FROM batched")).isEqualTo(2);
            batch.addBatch("INSERT INTO batched VALUES (3)");
            batch.addBatch("TRUNCATE batched");
            batch.addBatch("INSERT INTO batched VALUES (4)");
            assertThat(isHeldThenRuns("TRUNCATE batched", "batched", batch::executeBatch))
                    .containsExactly(1, 0, 1);
            assertThat(proxy.servers().count("batched")).isEqualTo(1);
        }
    }

    @Test
    void aDeniedBatchLeavesNothingBehind() throws Exception {
        table("batch_denied");
        try (Connection ana = proxy.connect("ana");
                Statement batch = ana.createStatement()) {
            batch.addBatch("INSERT INTO batch_denied VALUES (3)");
            batch.addBatch("TRUNCATE batch_denied");
            var waiting = Background.run(batch::executeBatch);
            cy.deny(cy.awaitWaiting("TRUNCATE batch_denied"), "no");
            assertThat((Throwable) Failure.of("PW001", waiting::result)).isInstanceOf(BatchUpdateException.class);
            assertThat(proxy.servers().count("batch_denied")).isEqualTo(2);
            assertThat(Sql.number(ana, "SELECT count(*) FROM batch_denied")).isEqualTo(2);
        }
    }

    @Test
    void theSecondStatementOfASimpleQueryHoldsTheFirstToo() throws Exception {
        table("second");
        try (Connection ana = proxy.connect("ana", Map.of("preferQueryMode", "simple"))) {
            isHeldThenRuns(
                    "TRUNCATE second", "second", () -> Sql.run(ana, "INSERT INTO second VALUES (3); TRUNCATE second"));
            assertThat(proxy.servers().count("second")).isZero();
        }
    }

    @Test
    void aTransactionThatHasOnlyBegunWaits() throws Exception {
        table("begun");
        try (Connection ana = proxy.connect("ana")) {
            ana.setAutoCommit(false);
            isHeldThenRuns("TRUNCATE begun", "begun", () -> Sql.run(ana, "TRUNCATE begun"));
            assertThat(Sql.number(ana, "SELECT count(*) FROM begun")).isZero();
            ana.rollback();
            assertThat(Sql.number(ana, "SELECT count(*) FROM begun")).isEqualTo(2);
            ana.rollback();
        }
    }

    @Test
    void aTransactionThatHasReadWaits() throws Exception {
        table("has_read");
        try (Connection ana = proxy.connect("ana")) {
            ana.setAutoCommit(false);
            Sql.number(ana, "SELECT count(*) FROM has_read");
            isHeldThenRuns("TRUNCATE has_read", "has_read", () -> Sql.run(ana, "TRUNCATE has_read"));
            ana.commit();
        }
        assertThat(proxy.servers().count("has_read")).isZero();
    }

    @Test
    void aDenialFailsTheTransaction() throws Exception {
        table("denied_inside");
        try (Connection ana = proxy.connect("ana")) {
            ana.setAutoCommit(false);
            Sql.number(ana, "SELECT count(*) FROM denied_inside");
            var waiting = Background.run(() -> Sql.run(ana, "TRUNCATE denied_inside"));
            cy.deny(cy.awaitWaiting("TRUNCATE denied_inside"), "no");
            Failure.of("PW001", waiting::result);
            Failure.of("25P02", () -> Sql.number(ana, "SELECT 1"));
            ana.rollback();
            assertThat(Sql.number(ana, "SELECT count(*) FROM denied_inside")).isEqualTo(2);
            ana.rollback();
        }
    }

    /** Waiting would keep its locks; so it fails at once, and what is approved meanwhile runs without waiting, once. */
    @Test
    void aTransactionThatHasWrittenFailsAndItsStatementCanBeGrantedOnce() throws Exception {
        table("has_written");
        try (Connection ana = proxy.connect("ana")) {
            ana.setAutoCommit(false);
            Sql.run(ana, "INSERT INTO has_written VALUES (3)");
            SQLException ticket = Failure.of("PW004", () -> Sql.run(ana, "TRUNCATE has_written"));
            Failure.of("25P02", () -> Sql.number(ana, "SELECT 1"));
            ana.rollback();

            String id = cy.awaitWaiting("TRUNCATE has_written");
            assertThat(ticket.getMessage()).contains(id);
            cy.approve(id);
            assertThat(di.approve(id)).isEqualTo("granted");

            Sql.run(ana, "INSERT INTO has_written VALUES (3)");
            Sql.run(ana, "TRUNCATE has_written");
            ana.commit();
            assertThat(proxy.servers().count("has_written")).isZero();
            Eventually.holds(() -> cy.hold(id).state().equals("executed"));

            Sql.run(ana, "INSERT INTO has_written VALUES (3)");
            SQLException second = Failure.of("PW004", () -> Sql.run(ana, "TRUNCATE has_written"));
            assertThat(second.getMessage()).doesNotContain(id);
            ana.rollback();
        }
    }

    @Test
    void aGrantIsForTheSameStatementOfTheSamePerson() throws Exception {
        table("granted");
        try (Connection ana = proxy.connect("ana");
                Connection bo = proxy.connect("bo")) {
            ana.setAutoCommit(false);
            bo.setAutoCommit(false);
            Sql.run(ana, "INSERT INTO granted VALUES (3)");
            Failure.of("PW004", () -> Sql.run(ana, "TRUNCATE granted"));
            ana.rollback();
            String id = cy.awaitWaiting("TRUNCATE granted");
            cy.approve(id);
            di.approve(id);

            Sql.run(bo, "INSERT INTO granted VALUES (3)");
            Failure.of("PW004", () -> Sql.run(bo, "TRUNCATE granted"));
            bo.rollback();
            Sql.run(ana, "INSERT INTO granted VALUES (3)");
            Failure.of("PW004", () -> Sql.run(ana, "TRUNCATE granted CASCADE"));
            ana.rollback();
            assertThat(cy.hold(id).state()).isEqualTo("granted");
            assertThat(proxy.servers().count("granted")).isEqualTo(2);
        }
    }

    @Test
    void aGrantIsForTheTablesThatWereMeant() throws Exception {
        table("meant");
        proxy.servers().execute("CREATE SCHEMA elsewhere", "CREATE TABLE elsewhere.meant AS SELECT 1 AS n");
        try (Connection ana = proxy.connect("ana")) {
            ana.setAutoCommit(false);
            Sql.run(ana, "INSERT INTO meant VALUES (3)");
            Failure.of("PW004", () -> Sql.run(ana, "TRUNCATE meant"));
            ana.rollback();
            String id = cy.awaitWaiting("TRUNCATE meant");
            cy.approve(id);
            di.approve(id);

            ana.setAutoCommit(true);
            Sql.run(ana, "SET search_path = elsewhere");
            ana.setAutoCommit(false);
            Sql.run(ana, "INSERT INTO meant VALUES (3)");
            Failure.of("PW004", () -> Sql.run(ana, "TRUNCATE meant"));
            ana.rollback();
            assertThat(cy.hold(id).state()).isEqualTo("granted");
            assertThat(proxy.servers().count("elsewhere.meant")).isEqualTo(1);
        }
    }

    /** Runs it while two people approve; gives what it gave. */
    private static <T> T isHeldThenRuns(String statement, String table, Callable<T> run) throws Exception {
        long before = proxy.servers().count(table);
        var waiting = Background.run(run);
        String id = cy.awaitWaiting(statement);
        cy.approve(id);
        assertThat(waiting.isDone()).isFalse();
        assertThat(proxy.servers().count(table)).isEqualTo(before);
        di.approve(id);
        return waiting.result();
    }

    private static void table(String name) throws SQLException {
        proxy.servers().execute("CREATE TABLE " + name + " (n int)", "INSERT INTO " + name + " VALUES (1), (2)");
    }
}
