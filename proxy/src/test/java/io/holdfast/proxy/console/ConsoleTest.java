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
import io.holdfast.proxy.impact.Blocker;
import io.holdfast.proxy.impact.Firing;
import io.holdfast.proxy.impact.Impact;
import io.holdfast.proxy.impact.InTheWay;
import io.holdfast.proxy.impact.LockMode;
import io.holdfast.proxy.impact.Reach;
import io.holdfast.proxy.impact.Rows;
import io.holdfast.proxy.impact.StatementImpact;
import io.holdfast.proxy.impact.TableLock;
import io.holdfast.proxy.impact.TableSize;
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
    private Impact impact = new Impact.None("there are no servers");
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
            hold -> new Known(insight, impact));
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
    void anApproverCancelsWhatRuns() {
        HoldId id = holds.open(Holds.TWO);
        holds.approve(id, BO);
        holds.approve(id, ANN);
        assertThat(bo.answer("CANCEL " + id)).contains("55000: hold " + id + " is not running, but approved");
        holds.service.claim(id);
        assertThat(nobody.answer("CANCEL " + id)).contains("42501");
        assertThat(bo.answer("CANCEL " + id + " 'too late in the day';")).contains(id + "|released|2 of 2", "CANCEL");
        assertThat(ann.answer("CANCEL " + id)).contains("55000: hold " + id + " has been cancelled already, by bo");
        assertThat(ann.answer("CANCEL H-2222")).contains("42704");
        assertThat(ann.answer("CANCEL")).contains("42601");
        assertThat(ann.answer("SHOW HOLD " + id))
                .contains("cancelled by|bo at 2026-03-13T09:00:00Z (console): too late in the day");
    }

    @Test
    void oneFreezesAndTwoThaw() {
        bo.plays("""
                > FREEZE WAIT DATABASE shop 'the disk is full'
                scope|state
                database shop|frozen
                FREEZE
                > SHOW FREEZE
                scope|writes|person|reason|since|thaw_asked_by|milder_asked_by
                database shop|wait|bo|the disk is full|2026-03-13T09:00:00Z||
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
    void aMilderFreezeTakesTwo() {
        bo.plays("""
                > FREEZE NOW 'the disk is full'
                scope|state
                all databases|frozen
                FREEZE
                > FREEZE WAIT 'a little room'
                scope|state
                all databases|frozen as before, another person must ask for the milder freeze
                FREEZE
                > FREEZE WAIT 'a little room'
                ERROR: 55000: you have asked for the milder freeze already; another person must
                HINT: SHOW FREEZE tells what is frozen.
                > SHOW FREEZE
                scope|writes|person|reason|since|thaw_asked_by|milder_asked_by
                all databases|refused, running ones were ended|bo|the disk is full|2026-03-13T09:00:00Z||bo: wait
                SHOW
                """);
        ann.plays("""
                > FREEZE WAIT 'room enough'
                scope|state
                all databases|frozen
                FREEZE
                """);
    }

    @Test
    void whileTheStoreIsAwayACommandSaysWhetherItMayHaveCounted() {
        HoldId id = holds.open(Holds.TWO);
        holds.store.down = true;
        assertThat(bo.answer("APPROVE " + id))
                .contains("PW012", "HINT: Nothing was decided, frozen or thawed by this; try again when it is back.");
        holds.store.down = false;
        holds.store.losesAnswer = true;
        assertThat(bo.answer("APPROVE " + id)).contains("PW012", "what was asked for may have happened, or not");
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
    void severalAreDecidedAtOnceAndEachSaysWhatBecameOfIt() {
        HoldId first = holds.open(Holds.TWO);
        HoldId own = holds.service
                .openDetached(Holds.request("bo", "bo", "DROP TABLE t"), Holds.TWO)
                .orElseThrow()
                .id();
        HoldId last = holds.open(Holds.TWO);

        bo.plays("""
                > APPROVE FIRST, OWN,LAST , H-2222 'read them all'
                hold|state|approvals|answer
                FIRST|waiting|1 of 2|counted
                OWN|(null)|(null)|not counted: nobody decides their own request
                LAST|waiting|1 of 2|counted
                H-2222|(null)|(null)|not counted: hold H-2222 does not exist
                APPROVE
                > APPROVE FIRST, LAST
                ERROR: 55000: none of the 2 decisions was counted
                DETAIL: FIRST: you have approved it already; another person must; LAST: you have approved it already; another person must
                HINT: SHOW HOLD tells what became of it.
                > DENY FIRST, LAST 'on second thoughts'
                hold|state|approvals|answer
                FIRST|denied|1 of 2|counted
                LAST|denied|1 of 2|counted
                DENY
                > APPROVE FIRST,
                ERROR: 42601: syntax error at end of input
                HINT: HELP lists the commands.
                """.replace("FIRST", first.text()).replace("OWN", own.text()).replace("LAST", last.text()));
        assertThat(bo.answer("APPROVE " + "H-2222, ".repeat(20) + "H-3333 'why'"))
                .contains("42601", "At most 20 holds are decided in one go; nothing was decided.");
    }

    @Test
    void onePersonReleasesAloneAndTheSheetSaysSo() {
        HoldId id = holds.open(Holds.TWO);
        Transcript eve = new Transcript(console, "eve", Holds.EVE);

        bo.plays("""
                > BREAK GLASS ID 'nobody answers the phone'
                ERROR: 42501: permission denied: only a person who is configured with break-glass: true may release alone
                """.replace("ID", id.text()));
        assertThat(nobody.answer("BREAK GLASS " + id + " 'nobody answers the phone'"))
                .contains("42501");
        eve.plays("""
                > BREAK GLASS ID
                ERROR: 42601: syntax error at the reason
                DETAIL: releasing alone needs a reason that says something, in at least eight letters
                HINT: HELP lists the commands.
                > BREAK ID 'nobody answers the phone'
                ERROR: 42601: syntax error at or near "ID"
                HINT: HELP lists the commands.
                > break glass ID 'nobody answers the phone';
                hold|state|approvals
                ID|approved|1 of 2
                BREAK GLASS
                """.replace("ID", id.text()));
        assertThat(bo.answer("SHOW HOLD " + id))
                .contains("released alone by|eve", "GLASS BROKEN by|eve at ", "(console): nobody answers the phone");
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
                impact|not measured: there are no servers
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
    void theSheetSaysWhatWasMeasured() {
        HoldId id = holds.open(Holds.TWO);
        TableSize items = new TableSize("public.\u0456tems", 5L << 20, TableSize.UNKNOWN, 0);
        StatementImpact statement = new StatementImpact(
                List.of(
                        new TableSize("public.account", 310L << 20, 1_234_567, 12),
                        new TableSize("public.b", TableSize.UNKNOWN, 0, 0)),
                List.of(
                        new Rows.Counted("account", 1, false, true, "db2:5432"),
                        new Rows.Counted("b", 3, true, false, "db2:5432"),
                        new Rows.TooMany("c", Duration.ofSeconds(3)),
                        new Rows.NotCounted("d", "no", "password = 's3cret'")),
                List.of(
                        new Rows.Counted("public.\u0456tems", 12, false, false, "db2:5432"),
                        new Rows.NotCounted("further tables", "a foreign key leads back")),
                List.of(
                        new Reach(items, Reach.Effect.DELETES_ROWS, 1, "items_fk", "public.account"),
                        new Reach(items, Reach.Effect.SETS_NULL, 3, "more_fk", "public.b")),
                List.of(
                        new Firing("public.account", "log", "before each deleted row", "public.f"),
                        new Firing("", "ddl", "at sql_drop", "public.g")),
                List.of(new TableLock("public.account", LockMode.ACCESS_EXCLUSIVE)),
                List.of("a remark\u202e"));
        Blocker blocker = new Blocker(
                4711,
                "eve",
                "psql\u001b",
                "active",
                Instant.parse("2026-03-13T08:59:00Z"),
                "public.account",
                LockMode.SHARE,
                true,
                "SELECT 1");
        impact = new Impact.Measured(
                Instant.parse("2026-03-13T09:00:01Z"), List.of(statement), new InTheWay.Sessions(List.of(blocker), 2));

        assertThat(bo.answer("SHOW HOLD " + id)).contains("""
                        measured|2026-03-13T09:00:01Z
                        statement 1 touches account|1 row, counted on db2:5432; it depends on the time
                        statement 1 touches b|at most 3 rows, counted on db2:5432; row security may keep some of them from who asks
                        statement 1 touches c|more than can be counted in 3s
                        statement 1 touches d|not counted: no: password = <redacted>
                        statement 1 takes along public.<U+0456>tems|12 rows, counted on db2:5432
                        statement 1 takes along further tables|not counted: a foreign key leads back
                        statement 1 table public.account|310 MB with indexes and TOAST, about 1.2M rows (the planner's estimate), with 12 partitions or heirs
                        statement 1 table public.b|size unknown, somebody has locked it, about 0 rows (the planner's estimate)
                        statement 1 reaches public.<U+0456>tems|rows are deleted along: items_fk references public.account; 5.0 MB with indexes and TOAST, no estimate of rows
                        statement 1 reaches public.<U+0456>tems|references are set to NULL: more_fk references public.b, 3 steps away; 5.0 MB with indexes and TOAST, no estimate of rows
                        statement 1 trigger|public.account: log before each deleted row calls public.f()
                        statement 1 trigger|event trigger ddl at sql_drop calls public.g()
                        statement 1 locks public.account|ACCESS EXCLUSIVE: nobody reads or writes
                        statement 1 note|a remark<U+202E>
                        in the way|process 4711: eve with psql<U+001B>, active, in a transaction since 2026-03-13T08:59:00Z, waits for SHARE on public.account: SELECT 1
                        in the way|and 2 sessions more
                        """);
        assertThat(new Transcript(console, "dev", null).answer("SHOW HOLD " + id))
                .contains("waits for SHARE on public.account\n")
                .doesNotContain("SELECT 1");
        assertThat(nobody.answer("SHOW HOLD " + id)).doesNotContain("eve", "measured");
    }

    @Test
    void theSheetDoesNotWaitForWhatIsBeingMeasured() {
        HoldId id = holds.open(Holds.TWO);
        impact = new Impact.Pending();

        assertThat(bo.answer("SHOW HOLD " + id)).contains("impact|is being measured; SHOW HOLD again in a moment\n");
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
                                Holds.values(Arrays.asList("7", null)),
                                plain.facts(),
                                plain.statementClass(),
                                plain.rule(),
                                Map.of()),
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
                session|user|person|database|application|address|state|connected_since|statement|ci|certificate
                s-12|dev|(null)|shop|psql<U+001B>[2K|192.0.2.7|idle|2026-03-13T08:00:00Z|ALTER ROLE dev PASSWORD '<redacted>'|(null)|(null)
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
        assertThat(bo.answer("HELP"))
                .contains("APPROVE id [, id ...] ['reason']|", "BREAK GLASS id 'reason'|")
                .endsWith("HELP");
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
