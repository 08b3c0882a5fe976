package io.holdfast.proxy.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.proxy.approval.Fingerprint;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldLinks;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.approval.RestorePoint;
import io.holdfast.proxy.console.ImpactWords;
import io.holdfast.proxy.impact.Blocker;
import io.holdfast.proxy.impact.Firing;
import io.holdfast.proxy.impact.Impact;
import io.holdfast.proxy.impact.InTheWay;
import io.holdfast.proxy.impact.LockMode;
import io.holdfast.proxy.impact.Reach;
import io.holdfast.proxy.impact.Rows;
import io.holdfast.proxy.impact.StatementImpact;
import io.holdfast.proxy.impact.TableSize;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.testing.SlackRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people see in Slack, and whether Slack takes it. */
class HoldMessageTest {
    private static final Wording PLAIN = new Wording(HoldLinks.NONE, false, id -> false, hold -> new Impact.Pending());
    private static final Wording LINKED = new Wording(
            new HoldLinks("https://holdfast.example.com"), false, id -> false, hold -> new Impact.Pending());
    private static final Wording MASKED = new Wording(HoldLinks.NONE, true, id -> false, hold -> new Impact.Pending());

    private final Holds holds = new Holds();

    @Test
    void aHoldShowsWhoWantsWhatFromWhereAndWhatIsNeeded() throws Exception {
        String text = text(HoldMessage.of(open("TRUNCATE account"), LINKED));

        assertThat(text)
                .contains("needs 2 approvals, 0 so far")
                .contains("`dev` as user `dev`")
                .contains("*From*\n`192.0.2.7`")
                .contains("*Application*\n`psql`")
                .contains("*Database*\n`shop`")
                .contains("destructive: loses data, cannot be undone, or is not understood")
                .contains("*Rule*\n`guardrail`")
                .contains("2 different persons within 30m 0s")
                .contains("```\nTRUNCATE account\n```")
                .contains("`TRUNCATE TABLE` `empties tables`, tables `[account]`")
                .contains("`search_path` = `public`")
                .contains("<https://holdfast.example.com/holds/H-")
                .contains("holdfast_approve")
                .contains("holdfast_deny");
    }

    @Test
    void whatItLooksLikeComesFirst() throws Exception {
        String text = text(HoldMessage.of(
                holds.service
                        .open(Holds.looking("TRUNCATE a, b", "a test suite's cleaner (<b>)"), Holds.TWO, view -> {})
                        .orElseThrow(),
                PLAIN));

        assertThat(text).contains("*This looks like* `a test suite's cleaner (&lt;b&gt;)`.");
        assertThat(text.indexOf("looks like")).isLessThan(text.indexOf("*Who*"));
    }

    @Test
    void theTextCannotLie() throws Exception {
        String text = text(HoldMessage.of(
                open("DELETE FROM t -- ```\n<!channel> \u202eevil \u0441\n" + "\n".repeat(200) + "WHERE 'a&b'"),
                PLAIN));

        assertThat(text)
                .contains("DELETE FROM t -- &lt;U+0060&gt;&lt;U+0060&gt;&lt;U+0060&gt;\n")
                .contains("&lt;!channel&gt; &lt;U+202E&gt;evil &lt;U+0441&gt;")
                .contains("2 characters are not printable ASCII")
                .contains("(lines 3-202 are blank)\nWHERE 'a&amp;b'")
                .doesNotContain("<!channel>");
    }

    @Test
    void whatDoesNotFitIsSaidAndFound() throws Exception {
        String sql = "DELETE FROM t WHERE id IN (" + "1234567890,\n".repeat(2_000) + "1)";
        HoldView hold = open(sql);

        String text = text(HoldMessage.of(hold, LINKED));

        int shown = (int) text.lines().filter("1234567890,"::equals).count();
        int left = sql.length() - "DELETE FROM t WHERE id IN (1234567890,\n".length() - 12 * shown;
        assertThat(text)
                .contains("*Not all of the statement is shown here*: " + left + " characters are left out.")
                .contains("Not all of it is shown here.")
                .contains("<https://holdfast.example.com/holds/" + hold.id() + "|the page of " + hold.id() + ">");
        assertThat(text(HoldMessage.of(hold, PLAIN)))
                .contains("See `SHOW HOLD " + hold.id() + "` in database `holdfast`");
    }

    @Test
    void secretsAreNeverShownAndConstantsOnlyIfWanted() throws Exception {
        HoldView hold = open("ALTER ROLE bo PASSWORD 'hunter2'; DELETE FROM t WHERE ssn = '123-45'", "topsecret");

        assertThat(text(HoldMessage.of(hold, PLAIN)))
                .contains("Secrets are not shown.")
                .contains("123-45")
                .contains("$1 = `topsecret`")
                .doesNotContain("hunter2");
        assertThat(text(HoldMessage.of(hold, MASKED)))
                .contains("Constants and values are masked.")
                .contains("ssn = '?'")
                .contains("1 value, masked")
                .doesNotContain("topsecret")
                .doesNotContain("123-45")
                .doesNotContain("hunter2");
    }

    @Test
    void whatItWouldTouchIsSaidInALineWithoutConstants() throws Exception {
        HoldView hold = open("DELETE FROM account WHERE ssn = '123-45'");
        TableSize account = new TableSize("public.account", 310L << 20, 5, 0);
        StatementImpact statement = new StatementImpact(
                List.of(account),
                List.of(new Rows.Counted("account", 1_234_567, true, false, "db2:5432")),
                List.of(
                        new Rows.Counted("public.items", 20_000, false, false, "db2:5432"),
                        new Rows.NotCounted("public.log", "no")),
                List.of(
                        new Reach(
                                new TableSize("public.items", 1, 1, 0), Reach.Effect.DELETES_ROWS, 1, "fk", "account"),
                        new Reach(new TableSize("public.log", 1, 1, 0), Reach.Effect.REFUSES, 1, "fk2", "account")),
                List.of(new Firing("public.account", "tr", "before each deleted row", "public.f")),
                List.of(),
                List.of());
        Blocker blocker = new Blocker(1, "eve", "", "idle", null, "t", LockMode.SHARE, false, "SELECT '123-45'");
        Impact impact =
                new Impact.Measured(Instant.EPOCH, List.of(statement), new InTheWay.Sessions(List.of(blocker), 1));

        assertThat(text(HoldMessage.of(hold, new Wording(HoldLinks.NONE, true, id -> false, view -> impact))))
                .contains(
                        "*Touches* at most 1234567 rows and 20k or more along, 310 MB, cascades to `public.items`, 1 trigger; 2 sessions in the way")
                .doesNotContain("123-45", "eve");
        assertThat(ImpactWords.inShort(
                        new Impact.Measured(
                                Instant.EPOCH,
                                List.of(new StatementImpact(
                                        List.of(account, new TableSize("b", 1L << 20, 1_200_000, 0)),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of())),
                                new InTheWay.Unknown("away")),
                        name -> name))
                .isEqualTo("about 1.2M rows in all, 311 MB in 2 tables; who is in the way is not known");
    }

    @Test
    void decisionsAndOutcomesAreShownAndTakeTheButtonsAway() throws Exception {
        HoldId id = open("TRUNCATE account").id();
        holds.approve(id, Holds.BO);
        assertThat(text(now(id))).contains("1 of 2, approved by `bo`").contains("holdfast_approve");

        holds.approve(id, Holds.ANN);
        holds.service.claim(id);
        assertThat(text(now(id)))
                .contains("approved by `bo` and `ann`; it is being run")
                .doesNotContain("holdfast_approve");

        holds.service.executed(id, new Outcome.Completed("TRUNCATE TABLE", Duration.ofMillis(12)));
        assertThat(text(now(id)))
                .contains("approved by `bo` and `ann`; executed: `TRUNCATE TABLE` after 12ms")
                .doesNotContain("holdfast_approve");
    }

    @Test
    void whatHasRunIsShownWithTheWayToUndoIt() throws Exception {
        HoldId id = open("TRUNCATE account").id();
        holds.approve(id, Holds.BO);
        holds.approve(id, Holds.ANN);
        holds.service.claim(id);
        holds.service.marked(
                id, new RestorePoint.Named("holdfast-H-7K2M-1", "0/1A2B3C8", Instant.parse("2026-03-13T09:00:07Z")));
        String undo = "to undo: `restore a backup to restore point holdfast-H-7K2M-1 (recovery_target_name), or to LSN"
                + " 0/1A2B3C8 (recovery_target_lsn, with recovery_target_inclusive = off), 2026-03-13T09:00:07Z by the"
                + " server's clock`";
        assertThat(text(now(id))).contains("it is being run; " + undo);

        holds.service.executed(id, new Outcome.Completed("TRUNCATE TABLE", Duration.ofMillis(12)));

        assertThat(text(now(id))).contains("executed: `TRUNCATE TABLE` after 12ms; " + undo);
        assertThat(holds.seen).endsWith("CLAIMED released", "MARKED released", "FINISHED executed");
    }

    @Test
    void everyEndHasItsWords() {
        HoldId denied = open("TRUNCATE a").id();
        holds.deny(denied, Holds.BO);
        HoldId withdrawn = open("TRUNCATE b").id();
        holds.service.withdraw(withdrawn, "cancelled by the client");
        HoldId failed = open("TRUNCATE c").id();
        holds.approve(failed, Holds.BO);
        holds.approve(failed, Holds.ANN);
        holds.service.claim(failed);
        holds.service.executed(failed, new Outcome.Failed("23503", "key (id)=(42)", Duration.ofSeconds(2)));
        HoldId ticket = holds.openDetached(Holds.TWO);
        holds.approve(ticket, Holds.BO);
        holds.approve(ticket, Holds.ANN);
        HoldId expired = open("TRUNCATE d").id();

        assertThat(news(ticket)).contains("its client is gone, so `dev` may run exactly the same once, until <!date^");
        holds.time.pass(Duration.ofMinutes(31));
        assertThat(news(denied)).isEqualTo("denied by `bo`: `wrong database`");
        assertThat(news(withdrawn)).isEqualTo("withdrawn: `cancelled by the client`; nothing has run");
        assertThat(news(failed)).isEqualTo("approved by `bo` and `ann`; failed after 2s with `23503`: `key (id)=(42)`");
        assertThat(HoldWords.news(view(failed), MASKED)).endsWith("with `23503`, message masked");
        assertThat(news(expired)).isEqualTo("expired with 0 of 2; nothing has run");
        assertThat(news(ticket)).isEqualTo("approved by `bo` and `ann`, but nobody has run it in time");
    }

    @Test
    void aGrantThatIsUsedIsSaidToBeOne() {
        HoldId id = holds.openDetached(Holds.TWO);
        holds.approve(id, Holds.BO);
        holds.approve(id, Holds.ANN);
        holds.service.takeGrant("dev", "dev", "shop", Holds.fingerprint("TRUNCATE account"));
        holds.service.executed(id, new Outcome.Completed("TRUNCATE TABLE", Duration.ofMillis(12)));

        assertThat(HoldWords.news(
                        view(id), new Wording(HoldLinks.NONE, false, id::equals, hold -> new Impact.Pending())))
                .isEqualTo("approved by `bo` and `ann`; the grant is used, executed: `TRUNCATE TABLE` after 12ms");
    }

    @Test
    void slackTakesTheWorstThatCanCome() throws Exception {
        String nasty = "<&`\u202e\u0000".repeat(300);
        Map<String, String> settings = new TreeMap<>();
        for (int i = 0; i < 50; i++) {
            settings.put("setting" + i + nasty, nasty);
        }
        HoldRequest usual = Holds.request("x");
        HoldRequest worst = new HoldRequest(
                nasty,
                nasty,
                nasty,
                nasty,
                nasty,
                nasty,
                nasty.repeat(100),
                usual.fingerprint(),
                Holds.values(Collections.nCopies(500, nasty)),
                Collections.nCopies(500, usual.facts().getFirst()),
                StatementClass.DESTRUCTIVE,
                nasty,
                settings,
                nasty,
                nasty);
        HoldId id =
                holds.service.open(worst, Holds.TWO, view -> {}).orElseThrow().id();
        holds.service.approve(id, Holds.BO, io.holdfast.proxy.approval.Channel.SLACK, "&".repeat(1_000));

        text(HoldMessage.of(view(id), LINKED)); // checks the rules

        List<HoldView> many =
                new ArrayList<>(Collections.nCopies(LinesMessage.MOST, open("DELETE FROM account WHERE true")));
        text(LinesMessage.summary(many, LINKED));
        text(LinesMessage.news(many, LINKED));
        assertThat(HoldMessage.inShort(view(id)).length()).isLessThan(1_500);
    }

    private SlackMessage now(HoldId id) {
        return HoldMessage.of(view(id), PLAIN);
    }

    private String news(HoldId id) {
        return HoldWords.news(view(id), PLAIN);
    }

    private HoldView view(HoldId id) {
        return holds.service.find(id).orElseThrow();
    }

    private HoldView open(String sql, @Nullable String... values) {
        HoldRequest usual = Holds.request(sql);
        HoldRequest request = new HoldRequest(
                usual.user(),
                usual.person(),
                usual.database(),
                usual.application(),
                usual.address(),
                usual.session(),
                sql,
                new Fingerprint("00"),
                Holds.values(List.of(values)),
                usual.facts(),
                usual.statementClass(),
                usual.rule(),
                usual.settings());
        return holds.service.open(request, Holds.TWO, view -> {}).orElseThrow();
    }

    /** Everything in it, line feeds as such; Slack must take it. */
    private static String text(SlackMessage message) throws Exception {
        JsonNode json = new ObjectMapper().readTree(message.json(Map.of()));
        assertThat(SlackRules.problems(json)).isEmpty();
        return json.toString().replace("\\n", "\n");
    }
}
