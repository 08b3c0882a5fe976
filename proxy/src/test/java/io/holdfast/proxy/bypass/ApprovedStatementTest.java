package io.holdfast.proxy.bypass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.proxy.testing.Answer;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.WireClient;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to have something else run than what two people have approved: section A of the catalogue of ways around, on real servers. */
@Timeout(120)
class ApprovedStatementTest {
    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    private static final TestServers servers = proxy.servers();
    private static ConsoleClient cy;
    private static ConsoleClient di;

    @BeforeAll
    static void sitDownAtTheConsole() throws SQLException {
        cy = proxy.console("cy");
        di = proxy.console("di");
    }

    @AfterAll
    static void leave() throws SQLException {
        servers.execute("DROP SCHEMA IF EXISTS between CASCADE");
        cy.close();
        di.close();
    }

    @BeforeEach
    void createTables() throws SQLException {
        servers.execute(
                "DROP SCHEMA IF EXISTS between CASCADE",
                "CREATE SCHEMA between",
                "SET search_path = between",
                "CREATE TABLE precious AS SELECT generate_series(1, 10) AS n",
                "CREATE TABLE junk AS SELECT 1 AS n",
                "CREATE PROCEDURE clean() LANGUAGE plpgsql AS 'BEGIN TRUNCATE between.junk; END'");
    }

    @Test
    void a01OtherValuesThanTheApprovedAreAnotherStatement() throws Exception {
        String sql = "DELETE FROM precious WHERE n = $1::int OR true";
        try (WireClient ana = login()) {
            open(ana);
            grant(ana.execute(sql, List.of("1")));
            ana.answerTo("ROLLBACK");
        }
        try (WireClient ana = login()) {
            assertThat(ana.execute(sql, List.of("2")).hold()).isNotNull();
        }
        try (WireClient ana = login()) {
            assertThat(ana.execute(sql, List.of("1")).tags()).containsExactly("DELETE 10");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET ROLE shop_owner",
                "SET row_security = off",
                "SET transform_null_equals = on",
                "SET DateStyle = 'German'",
                "SET TimeZone = 'Asia/Tokyo'",
                "SET search_path = public, between",
                "SET shop.tenant = '7'",
                "CREATE TEMP TABLE precious (n int)",
                "SELECT set_config('row_security', 'o' || 'ff', false), 1"
            })
    void a02AGrantIsNotGoodInAnotherState(String change) throws Exception {
        String id = granted("TRUNCATE precious");
        try (WireClient ana = login()) {
            Answer changed = ana.answerTo(change);
            if (changed.hold() == null) {
                assertThat(changed.errors()).isEmpty();
                assertThat(ana.answerTo("TRUNCATE precious").hold()).isNotNull();
            }
        }
        assertThat(cy.hold(id).state()).isEqualTo("granted");
        assertThat(servers.count("between.precious")).isEqualTo(10);
        try (WireClient ana = login()) {
            Answer same = ana.answerTo("TRUNCATE precious");
            assertThat(same.tags()).as(same.toString()).containsExactly("TRUNCATE TABLE");
        }
    }

    @Test
    void a02WhatTheFirstPacketSetsIsStateTooAndAllOfItIsShown() throws Exception {
        String id = granted("TRUNCATE precious");
        var startup = Map.of("search_path", "between", "options", "-c row_security=off -c shop.tenant=7");
        try (WireClient ana = WireClient.login(proxy.port(), "ana", startup)) {
            ana.answerTo("BEGIN");
            ana.answerTo("SET LOCAL ROLE shop_owner");
            String held = String.valueOf(ana.answerTo("TRUNCATE precious").hold());
            assertThat(cy.rows("SHOW HOLD " + held))
                    .contains("setting role|shop_owner", "setting row_security|off", "setting shop.tenant|7");
        }
        assertThat(cy.hold(id).state()).isEqualTo("granted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRUNCATE  precious",
                "truncate precious",
                "TRUNCATE precious /* the same */",
                "TRUNCATE precious;",
                "TRUNCATE \"precious\"",
                "TRUNCATE junk"
            })
    void a03WhatIsAlmostTheSameTextIsAnotherStatement(String almost) throws Exception {
        String id = granted("TRUNCATE precious");
        try (WireClient ana = login()) {
            assertThat(ana.answerTo(almost).hold()).isNotNull();
        }
        assertThat(cy.hold(id).state()).isEqualTo("granted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TRUNCATE junk       | ALTER TABLE junk RENAME TO old; ALTER TABLE precious RENAME TO junk",
                "DELETE FROM junk    | DROP TABLE junk; CREATE TABLE junk AS SELECT * FROM precious",
                "DELETE FROM junk    | ALTER TABLE precious INHERIT junk",
                "TRUNCATE junk       | CREATE RULE r AS ON DELETE TO junk DO ALSO DELETE FROM precious",
                "CALL clean()        | CREATE OR REPLACE PROCEDURE clean() LANGUAGE plpgsql AS 'BEGIN TRUNCATE between.precious; END'"
            })
    void a04WhatWasSwappedUnderTheNameDoesNotRun(String sql, String swap) throws Exception {
        String id;
        try (WireClient ana = login()) {
            id = String.valueOf(ana.answerTo(sql).hold());
            swap(swap);
            assertThat(cy.approve(id)).isEqualTo("waiting");
            assertThat(di.approve(id)).isEqualTo("approved");
            Answer answer = afterNotices(ana);
            assertThat(answer.errors()).containsExactly("PW013");
            assertThat(ana.answerTo("SELECT 1").tags()).containsExactly("SELECT 1");
        }
        awaitState(id, "failed");
        assertThat(cy.rows("SHOW HOLD " + id)).anyMatch(row -> row.contains("PW013"));
    }

    @Test
    void a04AGrantIsNotForWhatWasSwappedUnderTheName() throws Exception {
        String id = granted("TRUNCATE junk");
        swap("ALTER TABLE junk RENAME TO old; ALTER TABLE precious RENAME TO junk");
        try (WireClient ana = login()) {
            assertThat(ana.answerTo("TRUNCATE junk").hold()).isNotNull();
        }
        assertThat(cy.hold(id).state()).isEqualTo("granted");
        assertThat(servers.count("between.junk")).isEqualTo(10);
    }

    @Test
    void a04WhatOnlyTurnsOverItsRowsIsStillTheSame() throws Exception {
        try (WireClient ana = login()) {
            String id = String.valueOf(ana.answerTo("TRUNCATE junk").hold());
            swap("TRUNCATE junk; INSERT INTO junk VALUES (1)");
            swap("VACUUM FULL junk");
            cy.approve(id);
            di.approve(id);
            assertThat(afterNotices(ana).tags()).containsExactly("TRUNCATE TABLE");
        }
        assertThat(servers.count("between.junk")).isZero();
    }

    /** NEEDS_ROW_BUDGET: only counting before COMMIT would notice that there are more rows than there were. */
    @Test
    void a05ARowSetThatHasGrownGoesWithIt() throws Exception {
        try (WireClient ana = login()) {
            String id = String.valueOf(
                    ana.answerTo("DELETE FROM precious WHERE n > 0 OR true").hold());
            servers.execute("INSERT INTO between.precious SELECT generate_series(11, 1000)");
            cy.approve(id);
            di.approve(id);
            assertThat(afterNotices(ana).tags()).containsExactly("DELETE 1000");
        }
    }

    @Test
    void a06OfManyWhoUseOneGrantAtOnceOneRuns() throws Exception {
        String id = granted("TRUNCATE precious");
        List<Background<Answer>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(Background.run(() -> {
                try (WireClient ana = login()) {
                    return ana.answerTo("TRUNCATE precious");
                }
            }));
        }
        int ran = 0;
        for (Background<Answer> one : all) {
            ran += one.result().hold() == null ? 1 : 0;
        }
        assertThat(ran).isEqualTo(1);
        awaitState(id, "executed");
    }

    @Test
    void a06AToolThatLostTheReplyAndTriesAgainWaitsAgain() throws Exception {
        String id = granted("TRUNCATE precious");
        try (WireClient ana = login()) {
            ana.query("TRUNCATE precious");
            awaitState(id, "executed");
            ana.reset();
        }
        servers.execute("INSERT INTO between.precious VALUES (11)");
        try (WireClient again = login()) {
            assertThat(again.answerTo("TRUNCATE precious").hold()).isNotNull();
        }
        assertThat(servers.count("between.precious")).isEqualTo(1);
    }

    @Test
    void a07NobodyIsTwoPersonsAndTheSqlChannelDecidesNothing() throws Exception {
        try (WireClient ops = WireClient.login(proxy.port(), "cy_too", Map.of("search_path", "between"));
                ConsoleClient ana = proxy.console("ana");
                ConsoleClient other = proxy.console("cy_too")) {
            String id =
                    String.valueOf(ops.answerTo("TRUNCATE precious /* mine */").hold());
            assertThat(refusal(() -> cy.approve(id))).contains("nobody decides their own request");
            assertThat(refusal(() -> other.approve(id))).contains("nobody decides their own request");
            assertThat(refusal(() -> ana.approve(id))).contains("may decide");
            assertThat(di.approve(id)).isEqualTo("waiting");
            assertThat(refusal(() -> di.approve(id))).contains("another person must");
            try (WireClient sql = WireClient.login(proxy.port(), "di", Map.of())) {
                assertThat(sql.answerTo("APPROVE " + id).errors()).containsExactly("42601");
            }
            assertThat(cy.hold(id).approvals()).isEqualTo("1 of 2");
        }
    }

    @Test
    void a08AllOfItIsShown() throws Exception {
        String long1 = "SELECT '" + "x".repeat(50_000) + "'";
        try (WireClient ana = login()) {
            String id = String.valueOf(ana.answerTo(long1 + "; TRUNCATE precious -- \u202eharmless\n; DROP TABLE junk")
                    .hold());
            String shown = String.join("\n", cy.rows("SHOW HOLD " + id));
            assertThat(shown.replaceAll("\\s", ""))
                    .contains("x".repeat(10_000), "TRUNCATEprecious", "<U+202E>harmless", "DROPTABLEjunk");
        }
    }

    @Test
    void a08TheBodyOfWhatIsCalledIsShown() throws Exception {
        try (WireClient ana = login()) {
            String id = String.valueOf(ana.answerTo("CALL clean()").hold());
            assertThat(cy.rows("SHOW HOLD " + id))
                    .contains("setting body of function between.clean|BEGIN TRUNCATE between.junk; END");
        }
    }

    @Test
    void a09ANameIsShownWithWhatItStandsForAndAGrantIsForThat() throws Exception {
        String id;
        try (WireClient ana = login()) {
            ana.answerTo("PREPARE d AS DELETE FROM junk");
            open(ana);
            id = grant(ana.answerTo("EXECUTE d"));
            ana.answerTo("ROLLBACK");
            assertThat(String.join("\n", cy.rows("SHOW HOLD " + id))).contains("DELETE FROM junk");
        }
        try (WireClient ana = login()) {
            ana.answerTo("PREPARE d AS DELETE FROM precious");
            assertThat(ana.answerTo("EXECUTE d").hold()).isNotNull();
        }
        try (WireClient ana = login()) {
            ana.answerTo("PREPARE d AS DELETE FROM junk");
            ana.answerTo("DEALLOCATE d");
            ana.answerTo("PREPARE d AS DELETE FROM precious");
            assertThat(ana.answerTo("EXECUTE d").hold()).isNotNull();
        }
        assertThat(servers.count("between.precious")).isEqualTo(10);
        try (WireClient ana = login()) {
            ana.answerTo("PREPARE d AS DELETE FROM junk");
            assertThat(ana.answerTo("EXECUTE d").tags()).containsExactly("DELETE 1");
        }
        awaitState(id, "executed");
    }

    @Test
    void a10ATransactionThatHasWrittenFailsAtOnceAndOneThatHasNotWaitsWithoutHarm() throws Exception {
        try (WireClient written = login();
                WireClient begun = login()) {
            open(written);
            assertThat(written.answerTo("TRUNCATE precious").errors()).containsExactly("PW004");
            assertThat(written.answerTo("SELECT 1").errors()).containsExactly("25P02");
            assertThat(written.answerTo("COMMIT").tags()).containsExactly("ROLLBACK");

            begun.answerTo("BEGIN");
            assertThat(begun.answerTo("TRUNCATE precious /* begun */").hold()).isNotNull();
            swap("SET lock_timeout = '1s'; ALTER TABLE precious ADD COLUMN m int"); // it keeps nothing from anybody
            begun.reset();
        }
        awaitState(cy.awaitHold("begun", "withdrawn"), "withdrawn");
    }

    @Test
    void a11OfAClientThatIsGoneNothingRuns() throws Exception {
        String id;
        try (WireClient ana = login()) {
            id = String.valueOf(ana.answerTo("TRUNCATE precious /* gone */").hold());
            cy.approve(id);
            ana.reset();
        }
        awaitState(id, "withdrawn");
        assertThat(refusal(() -> di.approve(id))).contains("withdrawn");
        assertThat(servers.count("between.precious")).isEqualTo(10);
    }

    /** There is nothing that one side could switch the guard off with: no setting, no comment, no name. */
    @Test
    void a14NothingThatAClientSaysLetsItPast() throws Exception {
        var startup = Map.of(
                "search_path", "between",
                "application_name", "holdfast break-glass",
                "holdfast.break_glass", "on",
                "options", "-c holdfast.protect=off");
        try (WireClient ana = WireClient.login(proxy.port(), "ana", startup)) {
            ana.answerTo("SET holdfast.approved = 'yes'");
            assertThat(ana.answerTo("/* break-glass: incident 7 */ TRUNCATE precious")
                            .hold())
                    .isNotNull();
        }
        assertThat(servers.count("between.precious")).isEqualTo(10);
    }

    /** What estimates would run it; so nothing that is named in a statement is planned or run to look at it. */
    @Test
    void a15LookingAtAHoldRunsNothingOfIt() throws Exception {
        servers.execute(
                "CREATE FUNCTION between.del() RETURNS int LANGUAGE sql AS 'DELETE FROM between.precious; SELECT 1'",
                "CREATE FUNCTION between.counted() RETURNS int STABLE LANGUAGE plpgsql AS"
                        + " 'BEGIN PERFORM between.del(); RETURN 1; END'");
        try (WireClient ana = login()) {
            String id = String.valueOf(
                    ana.answerTo("DELETE FROM junk WHERE n < counted() OR true").hold());
            cy.rows("SHOW HOLD " + id);
            cy.deny(id, "no");
            assertThat(afterNotices(ana).errors()).containsExactly("PW001");
        }
        assertThat(servers.count("between.precious")).isEqualTo(10);
    }

    private static WireClient login() throws IOException {
        return WireClient.login(proxy.port(), "ana", Map.of("search_path", "between"));
    }

    /** A transaction that has written, in which nothing waits. */
    private static void open(WireClient client) throws IOException {
        client.answerTo("BEGIN");
        assertThat(client.answerTo("INSERT INTO junk VALUES (2)").errors()).isEmpty();
    }

    /** A grant for this, whose client is gone. */
    private static String granted(String sql) throws Exception {
        try (WireClient ana = login()) {
            open(ana);
            return grant(ana.answerTo(sql));
        }
    }

    /** Approves what could not wait. */
    private static String grant(Answer ticket) throws SQLException {
        assertThat(ticket.errors()).containsExactly("PW004");
        String id = ticket.messages().getFirst().replaceFirst(".*(H-\\w+).*", "$1");
        cy.approve(id);
        assertThat(di.approve(id)).isEqualTo("granted");
        return id;
    }

    private static void swap(String sql) throws SQLException {
        List<String> statements = new ArrayList<>(List.of("SET search_path = between"));
        if (sql.contains("PROCEDURE")) {
            statements.add(sql);
        } else {
            statements.addAll(List.of(sql.split("; ", -1)));
        }
        servers.execute(statements.toArray(String[]::new));
    }

    /** What comes behind the notices of the decisions. */
    private static Answer afterNotices(WireClient client) throws IOException {
        Answer answer = client.answer();
        while (answer.hold() != null) {
            answer = client.answer();
        }
        return answer;
    }

    private static void awaitState(String id, String state) {
        await().atMost(Duration.ofSeconds(30)).until(() -> cy.hold(id).state().equals(state));
    }

    private interface Attempted {
        @Nullable
        String run() throws SQLException;
    }

    private static String refusal(Attempted attempted) {
        try {
            return "done: " + attempted.run();
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
