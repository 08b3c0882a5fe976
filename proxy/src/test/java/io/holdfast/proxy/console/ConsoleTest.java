package io.holdfast.proxy.console;

import static io.holdfast.proxy.approval.Holds.ANN;
import static io.holdfast.proxy.approval.Holds.BO;
import static io.holdfast.proxy.approval.Holds.DEV;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.console.ConsoleSources.NameValue;
import io.holdfast.proxy.insight.Insight;
import io.holdfast.proxy.insight.RowCount;
import io.holdfast.proxy.insight.StatementInsight;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final Holds holds = new Holds();
    private Insight insight = new Insight.Known(List.of());
    private final Console console = new Console(
            holds.service,
            holds.freezes,
            new ConsoleSources(
                    () -> List.of(new SessionInfo(
                            "s-12",
                            "dev",
                            null,
                            "shop",
                            "psql\u001b[2K",
                            "192.0.2.7",
                            "idle",
                            Instant.parse("2026-03-13T08:00:00.123Z"),
                            "ALTER ROLE dev PASSWORD 's3cret'")),
                    () -> List.of(new NameValue("db2:5432", "streaming, 12 ms behind")),
                    () -> List.of(new NameValue("holds_open", "0")),
                    "0.1.0"),
            text -> insight);
    private final Transcript bo = new Transcript(console, "bo", BO);
    private final Transcript ann = new Transcript(console, "ann", ANN);
    private final Transcript nobody = new Transcript(console, "app", null);

    @Test
    void withoutTheControlStoreNothingIsShownOrDecided() {
        HoldId id = holds.open(Holds.TWO);
        holds.store.down = true;
        for (String command : List.of("SHOW HOLDS", "APPROVE " + id, "SHOW FREEZE", "FREEZE 'why'")) {
            assertThat(bo.answer(command)).contains("PW012: the control store is not available");
        }
        assertThat(bo.answer("SHOW STATS")).contains("holds_open");
    }

    @Test
    void oneFreezesAndTwoThaw() {
        bo.plays("""
                > FREEZE WAIT DATABASE shop 'the disk is full'
                scope|state
                database shop|frozen
                FREEZE
                > SHOW FREEZE
                scope|writes|person|reason|since|thaw_asked_by
                database shop|wait|bo|the disk is full|2026-03-13T09:00:00Z|
                SHOW
                > THAW
                ERROR: 55000: there is no such freeze
                HINT: SHOW FREEZE tells what is frozen.
                > THAW DATABASE shop
                scope|state
                database shop|frozen, another person must ask for the thaw
                THAW
                """);
        ann.plays("""
                > THAW DATABASE shop
                scope|state
                database shop|thawed
                THAW
                """);
        assertThat(nobody.answer("FREEZE 'why not'")).contains("42501");
    }

    @Test
    void twoPersonsApprove() {
        HoldId id = holds.open(Holds.TWO);
        holds.time.pass(Duration.ofSeconds(30));

        bo.plays("""
                > SHOW HOLDS;
                id|state|approvals|user|person|database|class|waiting_since|expires_in|statement
                ID|waiting|0 of 2|dev|dev|shop|destructive|2026-03-13T09:00:00Z|29m 30s|TRUNCATE account
                SHOW
                > approve ID 'checked with the owner'
                hold|state|approvals
                ID|waiting|1 of 2
                APPROVE
                > APPROVE ID
                ERROR: 55000: you have approved it already; another person must
                HINT: SHOW HOLD tells what became of it.
                """.replace("ID", id.text()));
        ann.plays("""
                > APPROVE ID;
                hold|state|approvals
                ID|approved|2 of 2
                APPROVE
                > DENY ID
                ERROR: 55000: hold ID is approved
                HINT: SHOW HOLD tells what became of it.
                """.replace("ID", id.text()));
    }

    @Test
    void oneDenies() {
        HoldId id = holds.open(Holds.TWO);

        bo.plays("""
                > DENY ID 'that''s production'
                hold|state|approvals
                ID|denied|0 of 2
                DENY
                > SHOW HOLDS
                id|state|approvals|user|person|database|class|waiting_since|expires_in|statement
                ID|denied|0 of 2|dev|dev|shop|destructive|2026-03-13T09:00:00Z|(null)|TRUNCATE account
                SHOW
                """.replace("ID", id.text()));
        assertThat(holds.service.find(id).orElseThrow().votes().getFirst().reason())
                .isEqualTo("that's production");
    }

    @Test
    void anIdIsTakenInAnyCaseAndInQuotes() {
        HoldId id = holds.open(Holds.TWO);

        assertThat(bo.answer("approve '" + id.text().toLowerCase(Locale.ROOT) + "'"))
                .endsWith("APPROVE");
    }

    @Test
    void whoMayNotDecideIsToldWhy() {
        HoldId id = holds.open(Holds.TWO);

        nobody.plays("""
                > APPROVE ID
                ERROR: 42501: permission denied: user "app" belongs to no configured person
                HINT: Log in as a user who is listed under people, with approves: true.
                """.replace("ID", id.text()));
        new Transcript(console, "dev", DEV).plays("""
                > APPROVE ID
                ERROR: 42501: permission denied: only a person who is configured with approves: true may decide
                """.replace("ID", id.text()));
        assertThat(holds.state(id)).isEqualTo(HoldState.WAITING);
    }

    @Test
    void nobodyDecidesTheirOwn() {
        HoldId id = holds.service
                .openDetached(Holds.request("bo_admin", null, "DROP TABLE t"), Holds.TWO)
                .orElseThrow()
                .id();

        assertThat(bo.answer("APPROVE " + id))
                .isEqualTo("ERROR: 42501: permission denied: nobody decides their own request");
    }

    @Test
    void theSheetTellsEverything() {
        HoldId id = holds.open(Holds.TWO);
        holds.approve(id, BO);
        holds.deny(id, ANN);

        bo.plays("""
                > SHOW HOLD ID
                field|value
                hold|ID
                state|denied
                approvals|1 of 2
                terms|2 different persons within 30m 0s
                client|waits
                opened|2026-03-13T09:00:00Z
                user|dev
                person|dev
                database|shop
                application|psql
                address|192.0.2.7
                session|s-12
                setting search_path|public
                class|destructive
                rule|guardrail
                statement 1|TRUNCATE TABLE: empties tables
                statement 1 tables|account
                length|16 characters
                fingerprint|FINGERPRINT
                text|TRUNCATE account
                approved by|bo at 2026-03-13T09:00:00Z (console)
                denied by|ann at 2026-03-13T09:00:00Z (console): wrong database
                SHOW
                """.replace("ID", id.text())
                .replace("FINGERPRINT", Holds.fingerprint("TRUNCATE account").sha256()));
    }

    @Test
    void theSheetSaysHowToCountTheRows() {
        HoldId id = holds.open(Holds.TWO);
        insight = new Insight.Known(List.of(
                new StatementInsight.Details(
                        List.of("account"),
                        List.of("owner", "b\u0430lance"),
                        List.of("id"),
                        List.of(
                                new RowCount.Query(
                                        "account", "SELECT count(*) FROM account WHERE id = $1", List.of("$1")),
                                new RowCount.Unknown("audit", "it is in a WITH"))),
                new StatementInsight.Unreadable("no reason")));

        assertThat(bo.answer("SHOW HOLD " + id)).contains("""
                        statement 1 writes|owner, b<U+0430>lance
                        statement 1 depends on|id
                        statement 1 rows of account|SELECT count(*) FROM account WHERE id = $1; with $1 as given below
                        statement 1 rows of audit|no query: it is in a WITH
                        statement 2 insight|none: no reason
                        """);
    }

    @Test
    void aCountShowsNoSecret() {
        HoldId id = holds.open(Holds.TWO);
        String sql = "SELECT count(*) FROM t WHERE password = 's3cret'";
        insight = new Insight.Known(List.of(new StatementInsight.Details(
                List.of(), List.of(), List.of(), List.of(new RowCount.Query("t", sql, List.of())))));

        assertThat(bo.answer("SHOW HOLD " + id))
                .contains("rows of t|SELECT count(*)")
                .doesNotContain("s3cret");
    }

    @Test
    void theSheetDoesNotWaitForWhatIsBeingRead() {
        HoldId id = holds.open(Holds.TWO);
        insight = new Insight.Pending();

        assertThat(bo.answer("SHOW HOLD " + id)).contains("insight|is being read; SHOW HOLD again in a moment\n");
    }

    @Test
    void whoMayNotReadTheTextLearnsNothingOfItsColumns() {
        HoldId id = holds.open(Holds.TWO);
        insight = new Insight.None("too long");

        assertThat(bo.answer("SHOW HOLD " + id)).contains("insight|none: too long\n");
        assertThat(nobody.answer("SHOW HOLD " + id)).doesNotContain("insight");
    }

    @Test
    void theTextOfASheetHidesNothing() {
        String hostile = "DROP TABLE \u0430ccount;\n\n\n\n\n-- \u202eok\u001b[2K" + " ".repeat(100) + "x\r\\<U+0041>";
        HoldId id = holds.service
                .openDetached(Holds.request(hostile), Holds.TWO)
                .orElseThrow()
                .id();

        assertThat(bo.answer("SHOW HOLD " + id))
                .contains("warning|4 characters are not printable ASCII; they stand as <U+...>\n")
                .contains("""
                        text 1|DROP TABLE <U+0430>ccount;
                        text 2-5|(blank)
                        text 6|-- <U+202E>ok<U+001B>[2K<U+0020 x100>x<U+000D>\\<U+003C>U+0041>
                        """);
    }

    @Test
    void secretsAreNotShown() {
        HoldId id = holds.service
                .openDetached(Holds.request("ALTER ROLE bo PASSWORD 's3cret'"), Holds.TWO)
                .orElseThrow()
                .id();

        assertThat(bo.answer("SHOW HOLD " + id))
                .doesNotContain("s3cret")
                .doesNotContain("fingerprint")
                .contains("warning|secrets are not shown\ntext|ALTER ROLE bo PASSWORD '<redacted>'\n");
        assertThat(bo.answer("SHOW HOLDS")).doesNotContain("s3cret");
        assertThat(bo.answer("SHOW SESSIONS")).doesNotContain("s3cret");
    }

    @Test
    void valuesAndOutcomeAreOnTheSheet() {
        HoldRequest plain = Holds.request("DELETE FROM account WHERE id = $1 OR name = $2");
        HoldId id = holds.service
                .open(
                        new HoldRequest(
                                plain.user(),
                                plain.person(),
                                plain.database(),
                                plain.application(),
                                plain.address(),
                                plain.session(),
                                plain.text(),
                                plain.fingerprint(),
                                Arrays.asList("7", null),
                                plain.facts(),
                                plain.statementClass(),
                                plain.rule(),
                                Map.of(),
                                null),
                        Holds.TWO,
                        view -> {})
                .orElseThrow()
                .id();
        holds.approve(id, BO);
        holds.approve(id, ANN);
        holds.service.claim(id);
        holds.service.executed(id, new Outcome.Failed("23503", "still referenced", Duration.ofMillis(1_250)));

        assertThat(bo.answer("SHOW HOLD " + id))
                .contains("value $1|7\nvalue $2|(null)\n")
                .contains("outcome|error 23503 after 1s: still referenced\n");
    }

    @Test
    void aLongStatementSaysThatItIsShortened() {
        holds.service.openDetached(Holds.request("TRUNCATE " + "x".repeat(100)), Holds.TWO);

        assertThat(bo.answer("SHOW HOLDS")).contains("|TRUNCATE " + "x".repeat(71) + "... (80 of 109 characters)\n");
    }

    @Test
    void whoIsNobodyReadsOnlyTheirOwnStatements() {
        HoldId id = holds.open(Holds.TWO);
        HoldId own = holds.service
                .openDetached(Holds.request("app", null, "DROP TABLE t"), Holds.TWO)
                .orElseThrow()
                .id();

        assertThat(nobody.answer("SHOW HOLDS"))
                .contains("|<insufficient privilege>\n")
                .contains("|DROP TABLE t\n")
                .doesNotContain("TRUNCATE");
        assertThat(nobody.answer("SHOW HOLD " + id)).doesNotContain("TRUNCATE account");
        assertThat(nobody.answer("SHOW HOLD " + own)).contains("text|DROP TABLE t\n");
        assertThat(nobody.answer("SHOW SESSIONS")).contains("<insufficient privilege>");
    }

    @Test
    void theOtherListsComeFromTheirSources() {
        bo.plays("""
                > SHOW SESSIONS
                session|user|person|database|application|address|state|connected_since|statement
                s-12|dev|(null)|shop|psql<U+001B>[2K|192.0.2.7|idle|2026-03-13T08:00:00Z|ALTER ROLE dev PASSWORD '<redacted>'
                SHOW
                > SHOW FOLLOWERS
                follower|state
                db2:5432|streaming, 12 ms behind
                SHOW
                > SHOW STATS
                name|value
                holds_open|0
                SHOW
                > show version
                version
                0.1.0
                SHOW
                """);
        assertThat(bo.answer("HELP")).contains("APPROVE id ['reason']|").endsWith("HELP");
    }

    @Test
    void whatToolsSendByHabitIsAnswered() {
        bo.plays("""
                > SET application_name = 'x';
                SET
                > BEGIN
                BEGIN
                > COMMIT;
                COMMIT
                > rollback
                ROLLBACK
                > DISCARD ALL
                DISCARD ALL
                > /* ping */ SELECT 1;
                ?column?
                1
                SELECT 1
                > -- nothing
                > ;
                """);
    }

    @Test
    void whatItDoesNotKnowIsAnError() {
        bo.plays("""
                > TRUNCATE account
                ERROR: 42601: syntax error at or near "TRUNCATE"
                HINT: HELP lists the commands.
                > SHOW
                ERROR: 42601: syntax error at end of input
                HINT: HELP lists the commands.
                > SHOW HOLD
                ERROR: 42601: syntax error at end of input
                HINT: HELP lists the commands.
                > SHOW HOLDS now
                ERROR: 42601: syntax error at or near "now"
                HINT: HELP lists the commands.
                > APPROVE H-7K2M because
                ERROR: 42601: syntax error at or near "because"
                HINT: HELP lists the commands.
                > APPROVE H-7K2M 'open
                ERROR: 42601: syntax error at or near "'open"
                HINT: HELP lists the commands.
                > SELECT 2
                ERROR: 42601: syntax error at or near "2"
                HINT: HELP lists the commands.
                > /* open
                ERROR: 42601: syntax error at or near "/*"
                HINT: HELP lists the commands.
                > APPROVE H-7K2M; APPROVE H-9XYZ
                ERROR: 42601: syntax error at or near "APPROVE"
                DETAIL: Only one command can be sent at a time.
                HINT: HELP lists the commands.
                > APPROVE H-ZZZZ
                ERROR: 42704: hold "H-ZZZZ" does not exist
                HINT: SHOW HOLDS lists them.
                > SHOW HOLD 7
                ERROR: 42704: hold "7" does not exist
                HINT: SHOW HOLDS lists them.
                """);
    }

    @Test
    void aReasonCanBeTooLong() {
        HoldId id = holds.open(Holds.TWO);

        assertThat(bo.answer("APPROVE " + id + " '" + "x".repeat(1_001) + "'"))
                .startsWith("ERROR: 22001: reason is longer than 1000 characters");
    }
}
