package io.holdfast.proxy.policy;

import static io.holdfast.proxy.policy.Rules.BO;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Protect.Preset;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for more than so many rows. */
class RowsOverTest {
    private static RuleConfig over(long rows, RuleConfig rule) {
        return new RuleConfig(rule.name(), rule.when().over(rows), rule.then());
    }

    private static RuleConfig holdOver(long rows, int approvals, Map<String, String> conditions) {
        return over(rows, Rules.hold(approvals, Rules.when(conditions)));
    }

    private static RowEstimate unknown(int number) {
        return new RowEstimate.Unknown("there is no follower");
    }

    private static IntFunction<RowEstimate> rows(long... rows) {
        return number -> new RowEstimate.AtMost(rows[number]);
    }

    private static List<StatementFacts> facts(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return StatementReader.read(bytes, 0, bytes.length).statements();
    }

    @Test
    void fewRowsAreLeftToTheOtherRulesAndManyAreHeld() {
        Policy policy = Rules.guardrailAfter(holdOver(100, 1, Map.of("command", "DELETE|UPDATE")));
        List<StatementFacts> delete = facts("DELETE FROM orders WHERE id > 7");

        assertThat(policy.rule(delete, BO)).isInstanceOfSatisfying(Ruling.Depends.class, depends -> {
            assertThat(depends.statements()).containsExactly(0);
            assertThat(depends.enough()).isEqualTo(100);
            assertThat(depends.fewest()).isEqualTo(new Verdict.Forward("guardrail"));
            assertThat(depends.most()).isInstanceOf(Verdict.Hold.class);
        });
        assertThat(policy.decide(delete, BO, rows(100))).isEqualTo(new Verdict.Forward("guardrail"));
        assertThat(policy.decide(delete, BO, rows(1234567)))
                .isEqualTo(new Verdict.Hold("hold (1,234,567 rows)", 1, Rules.TIMEOUT));
    }

    @Test
    void whatIsNotCountedIsTakenForMany() {
        Policy policy = Rules.guardrailAfter(holdOver(100, 1, Map.of("command", "DELETE")));

        assertThat(policy.decide(facts("DELETE FROM orders WHERE id > 7"), BO, RowsOverTest::unknown))
                .isEqualTo(new Verdict.Hold("hold (rows not counted: there is no follower)", 1, Rules.TIMEOUT));
    }

    @Test
    void aCountNeverMakesAnAnswerMilder() {
        Policy policy = Rules.guardrailAfter(holdOver(10, 1, Map.of("table", "orders")));

        assertThat(policy.rule(facts("DELETE FROM orders"), BO))
                .as("the preset wants two whatever the count is, so nothing is counted")
                .isEqualTo(new Verdict.Hold("guardrail", 2, Rules.TIMEOUT));
    }

    @Test
    void severalThresholdsAskForMoreAndMore() {
        Policy policy = Rules.guardrailAfter(
                over(1000, Rules.refuse(Rules.when(Map.of("command", "UPDATE")))),
                holdOver(10, 1, Map.of("command", "UPDATE")));
        List<StatementFacts> update = facts("UPDATE orders SET paid = true WHERE id < 5");

        assertThat(policy.decide(update, BO, rows(10))).isInstanceOf(Verdict.Forward.class);
        assertThat(policy.decide(update, BO, rows(11))).isInstanceOf(Verdict.Hold.class);
        assertThat(policy.decide(update, BO, rows(1001))).isEqualTo(new Verdict.Refuse("refuse (1,001 rows)", "never"));
        assertThat(policy.rule(update, BO))
                .isInstanceOfSatisfying(
                        Ruling.Depends.class,
                        depends -> assertThat(depends.enough()).isEqualTo(1000));
    }

    @Test
    void aRuleBehindItLetsFewRowsPassWhereThePresetHoldsAll() {
        Policy policy = Rules.guardrailAfter(
                holdOver(0, 2, Map.of("command", "TRUNCATE")), Rules.allow(Rules.when(Map.of("command", "TRUNCATE"))));
        List<StatementFacts> truncate = facts("TRUNCATE staging");

        assertThat(policy.decide(truncate, BO, rows(0))).isEqualTo(new Verdict.Forward("allow"));
        assertThat(policy.decide(truncate, BO, rows(1))).isInstanceOf(Verdict.Hold.class);
        assertThat(policy.decide(truncate, BO, RowsOverTest::unknown)).isInstanceOf(Verdict.Hold.class);
    }

    @Test
    void onlyStatementsThatMatterAreCounted() {
        Policy policy = Rules.guardrailAfter(holdOver(10, 1, Map.of("table", "orders")));

        assertThat(policy.rule(facts("SELECT 1; UPDATE events SET a = 1 WHERE b; UPDATE orders SET a = 1 WHERE b"), BO))
                .isInstanceOfSatisfying(
                        Ruling.Depends.class,
                        depends -> assertThat(depends.statements()).containsExactly(2));
        assertThat(policy.rule(facts("UPDATE orders SET a = 1 WHERE b; TRUNCATE events"), BO))
                .as("it is held anyway")
                .isEqualTo(new Verdict.Hold("guardrail", 2, Rules.TIMEOUT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM orders",
                "CREATE TABLE orders (id int)",
                "COPY orders FROM stdin",
                "SELECT nextval('s')",
                "BEGIN",
                "SET x.y = 1",
                "EXPLAIN DELETE FROM orders WHERE id = 1"
            })
    void whatTouchesNoRowsIsNotSpokenOf(String sql) {
        assertThat(Rules.policy(Preset.OBSERVE, over(0, Rules.refuse(Rules.when(Map.of()))))
                        .rule(facts(sql), BO))
                .isInstanceOf(Verdict.Forward.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CALL cleanup()",
                "DO 'BEGIN DELETE FROM orders; END'",
                "DROP SCHEMA shop CASCADE",
                "ALTER TABLE orders DROP COLUMN paid",
                "EXPLAIN ANALYZE DELETE FROM orders WHERE id = 1",
                "COPY (DELETE FROM orders WHERE id = 1 RETURNING 1) TO stdout",
                "UPDATE orders SET paid = app.f() WHERE id = 1",
                "SELECT app.f()",
                "gibberish"
            })
    void ofWhatRunsCodeOrLosesDataInAnotherWayNobodyKnowsTheNumber(String sql) {
        assertThat(Rules.policy(Preset.OBSERVE, over(1_000_000, Rules.refuse(Rules.when(Map.of()))))
                        .rule(facts(sql), BO))
                .isEqualTo(new Verdict.Refuse("refuse (rows not counted: nobody knows how many it touches)", "never"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM orders WHERE id = 1",
                "UPDATE orders SET paid = true",
                "MERGE INTO orders USING n ON true WHEN MATCHED THEN DELETE",
                "INSERT INTO orders VALUES (1) ON CONFLICT (id) DO UPDATE SET paid = true",
                "WITH d AS (DELETE FROM orders RETURNING 1) SELECT * FROM d",
                "TRUNCATE orders",
                "DROP TABLE orders"
            })
    void whatChangesOrRemovesRowsIsCounted(String sql) {
        assertThat(Rules.policy(Preset.OBSERVE, over(0, Rules.refuse(Rules.when(Map.of()))))
                        .rule(facts(sql), BO))
                .isInstanceOf(Ruling.Depends.class);
    }

    /** Whatever the rules are: more rows are never answered milder, and what is said not to matter does not. */
    @Test
    void moreRowsAreNeverAnsweredMilderAndOnlyWhatIsAskedForMatters() {
        Random random = new Random(20261128);
        int depending = 0;
        for (int round = 0; round < 20_000; round++) {
            RuleConfig[] rules = new RuleConfig[1 + random.nextInt(3)];
            for (int i = 0; i < rules.length; i++) {
                rules[i] = any(random);
            }
            Policy policy = Rules.policy(random.nextBoolean() ? Preset.GUARDRAIL : Preset.OBSERVE, rules);
            List<StatementFacts> unit = new ArrayList<>(facts(pick(random, SQL)));
            unit.addAll(facts(pick(random, SQL)));
            long few = random.nextInt(30);
            long more = few + random.nextInt(30);
            Verdict one = policy.decide(unit, BO, _ -> new RowEstimate.AtMost(few));
            Verdict other = policy.decide(unit, BO, _ -> new RowEstimate.AtMost(more));
            Verdict none = policy.decide(unit, BO, _ -> RowEstimate.NONE);
            Verdict any = policy.decide(unit, BO, RowsOverTest::unknown);

            assertThat(List.of(none, one, other, any)).as("%s", (Object) rules).isSortedAccordingTo(Strictness.ORDER);
            switch (policy.rule(unit, BO)) {
                case Verdict verdict ->
                    assertThat(Strictness.ORDER.compare(verdict, any)).isZero();
                case Ruling.Depends depends -> {
                    depending++;
                    IntFunction<RowEstimate> asked = number ->
                            depends.statements().contains(number) ? new RowEstimate.AtMost(more) : RowEstimate.NONE;
                    assertThat(Strictness.ORDER.compare(policy.decide(unit, BO, asked), other))
                            .isZero();
                    assertThat(policy.decide(unit, BO, _ -> new RowEstimate.MoreThan(depends.enough())))
                            .usingComparator(Strictness.ORDER)
                            .isEqualTo(any);
                }
            }
        }
        assertThat(depending).as("enough of them").isGreaterThan(1_000);
    }

    private static final List<String> SQL = List.of(
            "SELECT 1",
            "DELETE FROM orders",
            "DELETE FROM orders WHERE id = 1",
            "UPDATE orders SET a = 1 WHERE b",
            "UPDATE events SET a = 1 FROM orders WHERE b",
            "TRUNCATE events",
            "DROP TABLE orders",
            "INSERT INTO events SELECT 1",
            "CALL f()");

    private static RuleConfig any(Random random) {
        Map<String, String> conditions = pick(
                random,
                List.of(
                        Map.of(),
                        Map.of("command", "DELETE"),
                        Map.of("command", "UPDATE|TRUNCATE"),
                        Map.of("table", "orders"),
                        Map.of("table", "events", "command", "UPDATE"),
                        Map.of("class", "write"),
                        Map.of("class", "destructive", "table", "orders")));
        RuleConfig rule = pick(
                random,
                List.of(
                        Rules.allow(Rules.when(conditions)),
                        Rules.delay(5, Rules.when(conditions)),
                        Rules.hold(1, Rules.when(conditions)),
                        Rules.hold(3, Rules.when(conditions)),
                        Rules.refuse(Rules.when(conditions))));
        boolean guards = rule.then() instanceof Action.Hold || rule.then() instanceof Action.Refuse;
        return guards && random.nextBoolean() ? over(random.nextInt(25), rule) : rule;
    }

    private static <T> T pick(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
