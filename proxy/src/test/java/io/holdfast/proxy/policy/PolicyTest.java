package io.holdfast.proxy.policy;

import static io.holdfast.proxy.policy.Facts.calling;
import static io.holdfast.proxy.policy.Facts.deleteAll;
import static io.holdfast.proxy.policy.Facts.deleteSome;
import static io.holdfast.proxy.policy.Facts.deleteSomeButWorse;
import static io.holdfast.proxy.policy.Facts.select;
import static io.holdfast.proxy.policy.Facts.statement;
import static io.holdfast.proxy.policy.Facts.truncate;
import static io.holdfast.proxy.policy.Facts.unparsed;
import static io.holdfast.proxy.policy.Rules.BO;
import static io.holdfast.proxy.policy.Rules.TIMEOUT;
import static io.holdfast.proxy.policy.Rules.allow;
import static io.holdfast.proxy.policy.Rules.delay;
import static io.holdfast.proxy.policy.Rules.guardrailAfter;
import static io.holdfast.proxy.policy.Rules.hold;
import static io.holdfast.proxy.policy.Rules.refuse;
import static io.holdfast.proxy.policy.Rules.when;
import static io.holdfast.proxy.policy.Rules.who;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.When;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final Verdict ALLOWED = new Verdict.Forward("allow");
    private static final Verdict DELAYED = new Verdict.Delay("delay", Duration.ofMinutes(10));
    private static final Verdict REFUSED = new Verdict.Refuse("refuse", "never");
    private static final Verdict BY_PRESET = new Verdict.Hold("guardrail", 2, TIMEOUT);
    private static final Verdict PASSED = new Verdict.Forward("guardrail");
    private static final When EVENTS = when(Map.of("table", "events"));
    private static final When DELETE_EVENTS = when(Map.of("command", "DELETE", "table", "events"));

    @Test
    void theFirstRuleThatCoversTheStatementDecides() {
        RuleConfig allow = allow(EVENTS);
        RuleConfig refuse = refuse(EVENTS);

        assertThat(decide(guardrailAfter(allow, refuse), truncate("events"))).isEqualTo(ALLOWED);
        assertThat(decide(guardrailAfter(refuse, allow), truncate("events"))).isEqualTo(REFUSED);
    }

    @Test
    void anEmptyQueryIsForwarded() {
        assertThat(decide(guardrailAfter(refuse(when(Map.of()))))).isEqualTo(new Verdict.Forward("empty query"));
    }

    @Test
    void withoutAnyRuleThatMatchesItIsRefused() {
        Verdict none = new Verdict.Refuse("no rule", "no rule matches");
        Policy halfAPolicy = new Policy(List.of(Rule.of(hold(1, EVENTS)), Rule.of(allow(DELETE_EVENTS))));

        assertThat(decide(new Policy(List.of()), select())).isEqualTo(none);
        assertThat(decide(halfAPolicy, select("users"))).isEqualTo(none);
        assertThat(decide(halfAPolicy, select("events", "users"))).isEqualTo(none);
    }

    /** Only a rule that covers everything may loosen. */
    @Nested
    class Loosening {
        @Test
        void anAllowedTableLetsNoOtherTableThrough() {
            Policy policy = guardrailAfter(allow(DELETE_EVENTS));

            assertThat(decide(policy, deleteAll("events"))).isEqualTo(ALLOWED);
            assertThat(decide(policy, deleteAll("public.events"))).isEqualTo(ALLOWED);
            assertThat(decide(policy, deleteAll("events", "users"))).isEqualTo(BY_PRESET);
            assertThat(decide(policy, deleteAll("users", "events"))).isEqualTo(BY_PRESET);
            assertThat(decide(policy, deleteAll("audit.events"))).isEqualTo(BY_PRESET);
            assertThat(decide(policy, deleteAll())).isEqualTo(BY_PRESET);
        }

        @Test
        void searchPathCannotReachAQualifiedAllowance() {
            Policy policy = guardrailAfter(allow(when(Map.of("table", "staging.*"))));

            assertThat(decide(policy, truncate("staging.a", "staging.b"))).isEqualTo(ALLOWED);
            assertThat(decide(policy, truncate("a"))).isEqualTo(BY_PRESET);
            assertThat(decide(policy, truncate("public.a"))).isEqualTo(BY_PRESET);
        }

        @Test
        void aDelayIsAskedAsStrictlyAsAnAllowance() {
            Policy policy = guardrailAfter(delay(10, when(Map.of("table", "staging.*"))));

            assertThat(decide(policy, truncate("staging.a"))).isEqualTo(DELAYED);
            assertThat(decide(policy, truncate("staging.a", "users"))).isEqualTo(BY_PRESET);
            assertThat(decide(policy, truncate("a"))).isEqualTo(BY_PRESET);
        }

        @Test
        void anAllowedFunctionLetsNoOtherFunctionThrough() {
            Policy policy = guardrailAfter(allow(when(Map.of("function", "pg_cancel_backend"))));

            assertThat(decide(policy, calling(StatementClass.ADMIN, "pg_cancel_backend")))
                    .isEqualTo(ALLOWED);
            assertThat(decide(policy, calling(StatementClass.ADMIN, "pg_cancel_backend", "pg_promote")))
                    .isEqualTo(BY_PRESET);
            assertThat(decide(policy, calling(StatementClass.ADMIN, "evil.pg_cancel_backend")))
                    .isEqualTo(BY_PRESET);
            assertThat(decide(policy, calling(StatementClass.ADMIN))).isEqualTo(BY_PRESET);
        }

        @ParameterizedTest
        @CsvSource({"command, DELETE", "command, UNPARSED", "table, *", "table, *.*", "function, *"})
        void nothingThatNamesContentsCoversWhatWasNotUnderstood(String key, String value) {
            When when = when(Map.of(key, value));

            assertThat(decide(guardrailAfter(allow(when)), unparsed())).isEqualTo(BY_PRESET);
            assertThat(decide(guardrailAfter(delay(10, when)), unparsed())).isEqualTo(BY_PRESET);
        }

        @Test
        void whatWasNotUnderstoodIsAllowedOnlyByWhoSendsItOrByItsClass() {
            assertThat(decide(guardrailAfter(allow(when(Map.of("user", "bo")))), unparsed()))
                    .isEqualTo(ALLOWED);
            assertThat(decide(guardrailAfter(allow(when(Map.of("class", "destructive")))), unparsed()))
                    .isEqualTo(ALLOWED);
            assertThat(decide(guardrailAfter(allow(when(Map.of("class", "read")))), Facts.unparsedRead()))
                    .isEqualTo(BY_PRESET);
        }

        @Test
        void anAllowedCommandDoesNotCoverWhatItCarries() {
            Policy policy = guardrailAfter(allow(when(Map.of("command", "SELECT|EXPLAIN|COPY|CREATE TABLE AS"))));

            assertThat(decide(policy, select("users"))).isEqualTo(ALLOWED);
            assertThat(decide(policy, statement("SELECT", StatementClass.WRITE, "users")))
                    .isEqualTo(ALLOWED);
            assertThat(decide(policy, statement("SELECT", StatementClass.DESTRUCTIVE, "users")))
                    .isEqualTo(BY_PRESET);
            assertThat(decide(policy, statement("SELECT FOR UPDATE", StatementClass.ADMIN)))
                    .isEqualTo(BY_PRESET);
            assertThat(decide(policy, statement("EXPLAIN", StatementClass.DESTRUCTIVE)))
                    .isEqualTo(BY_PRESET);
            assertThat(decide(policy, statement("COPY FROM", StatementClass.ADMIN)))
                    .isEqualTo(BY_PRESET);
            assertThat(decide(policy, statement("CREATE TABLE AS", StatementClass.SCHEMA)))
                    .isEqualTo(ALLOWED);
            assertThat(decide(policy, statement("CREATE TABLE AS", StatementClass.DESTRUCTIVE)))
                    .isEqualTo(BY_PRESET);
        }

        @Test
        void anAllowedDeleteDoesNotCoverTheFunctionsInItsWhere() {
            Policy policy = guardrailAfter(allow(DELETE_EVENTS));

            assertThat(decide(policy, deleteSome("events"))).isEqualTo(ALLOWED);
            assertThat(decide(policy, deleteSomeButWorse(StatementClass.ADMIN, "events")))
                    .isEqualTo(BY_PRESET);
            assertThat(decide(policy, deleteSomeButWorse(StatementClass.DESTRUCTIVE, "events")))
                    .isEqualTo(BY_PRESET);
        }

        @Test
        void namingTheClassCoversThemAgain() {
            Policy policy =
                    guardrailAfter(allow(when(Map.of("command", "DELETE", "table", "events", "class", "admin"))));

            assertThat(decide(policy, deleteSomeButWorse(StatementClass.ADMIN, "events")))
                    .isEqualTo(ALLOWED);
            assertThat(decide(policy, deleteSomeButWorse(StatementClass.DESTRUCTIVE, "events")))
                    .isEqualTo(BY_PRESET);
        }
    }

    /** A rule that protects binds already where it may apply. */
    @Nested
    class Guarding {
        @Test
        void oneTableIsEnough() {
            Policy policy = guardrailAfter(refuse(when(Map.of("table", "users"))));

            assertThat(decide(policy, select("events", "users"))).isEqualTo(REFUSED);
            assertThat(decide(policy, select("events"))).isEqualTo(PASSED);
        }

        @Test
        void anUnqualifiedNameCouldBeInAnySchema() {
            Policy policy = guardrailAfter(refuse(when(Map.of("table", "payroll.salaries"))));

            assertThat(decide(policy, select("payroll.salaries"))).isEqualTo(REFUSED);
            assertThat(decide(policy, select("salaries"))).isEqualTo(REFUSED);
            assertThat(decide(policy, select("public.salaries"))).isEqualTo(PASSED);
        }

        @Test
        void whatWasNotUnderstoodCouldBeAnything() {
            Policy policy = guardrailAfter(
                    refuse(when(Map.of("command", "TRUNCATE", "table", "users"))), allow(when(Map.of("user", "bo"))));

            assertThat(decide(policy, unparsed())).isEqualTo(REFUSED);
            assertThat(decide(policy, truncate("events"))).isEqualTo(ALLOWED);
        }

        @Test
        void anAllowanceFurtherDownDoesNotUndoIt() {
            Policy policy = guardrailAfter(hold(1, when(Map.of("table", "users"))), allow(when(Map.of())));

            assertThat(decide(policy, select("users", "events"))).isEqualTo(new Verdict.Hold("hold", 1, TIMEOUT));
        }

        @Test
        void aMildHoldForOneTableDoesNotShieldAnother() {
            Policy policy = guardrailAfter(hold(1, when(Map.of("table", "staging.*"))));

            assertThat(decide(policy, truncate("staging.a"))).isEqualTo(new Verdict.Hold("hold", 1, TIMEOUT));
            assertThat(decide(policy, truncate("staging.a", "users"))).isEqualTo(BY_PRESET);
            assertThat(decide(policy, truncate("a"))).isEqualTo(BY_PRESET);
            assertThat(decide(policy, unparsed())).isEqualTo(BY_PRESET);
            assertThat(decide(policy, select("staging.a", "users"))).isEqualTo(new Verdict.Hold("hold", 1, TIMEOUT));
        }

        @Test
        void oneFunctionIsEnough() {
            Policy policy = guardrailAfter(refuse(when(Map.of("function", "pg_sleep"))));

            assertThat(decide(policy, calling(StatementClass.READ, "lower", "pg_catalog.pg_sleep")))
                    .isEqualTo(REFUSED);
            assertThat(decide(policy, calling(StatementClass.READ, "lower"))).isEqualTo(PASSED);
        }
    }

    @Nested
    class SeveralStatements {
        @Test
        void anAllowedStatementDoesNotCarryAnother() {
            Policy policy = guardrailAfter(allow(DELETE_EVENTS));

            assertThat(decide(policy, deleteAll("events"), truncate("users"))).isEqualTo(BY_PRESET);
            assertThat(decide(policy, truncate("users"), deleteAll("events"))).isEqualTo(BY_PRESET);
            assertThat(decide(policy, deleteAll("events"), deleteAll("events"))).isEqualTo(ALLOWED);
            assertThat(decide(policy, deleteAll("events"), unparsed())).isEqualTo(BY_PRESET);
        }

        @Test
        void theStrictestVerdictIsTheUnits() {
            Policy policy = guardrailAfter(
                    refuse(when(Map.of("table", "refused"))),
                    hold(3, when(Map.of("table", "held"))),
                    delay(10, when(Map.of("table", "delayed"))),
                    allow(EVENTS));
            StatementFacts forwarded = truncate("events");
            StatementFacts delayed = truncate("delayed");
            StatementFacts held = truncate("held");
            StatementFacts preset = truncate("users");
            StatementFacts refused = select("refused");

            assertThat(decide(policy, forwarded, delayed)).isEqualTo(DELAYED);
            assertThat(decide(policy, delayed, preset, forwarded)).isEqualTo(BY_PRESET);
            assertThat(decide(policy, preset, held, delayed)).isEqualTo(new Verdict.Hold("hold", 3, TIMEOUT));
            assertThat(decide(policy, held, preset)).isEqualTo(new Verdict.Hold("hold", 3, TIMEOUT));
            assertThat(decide(policy, forwarded, refused, held)).isEqualTo(REFUSED);
            assertThat(decide(policy, refused, forwarded)).isEqualTo(REFUSED);
        }

        @Test
        void theLongerDelayIsTheStricter() {
            Policy policy = guardrailAfter(delay(5, when(Map.of("table", "a"))), delay(10, when(Map.of("table", "b"))));

            assertThat(decide(policy, truncate("a"), truncate("b"))).isEqualTo(DELAYED);
            assertThat(decide(policy, truncate("b"), truncate("a"))).isEqualTo(DELAYED);
        }

        @Test
        void amongEqualsTheMostDangerousStatementNamesTheRule() {
            Policy policy = guardrailAfter(allow(EVENTS));

            assertThat(decide(policy, select("users"), truncate("events"))).isEqualTo(ALLOWED);
            assertThat(decide(policy, truncate("events"), select("users"))).isEqualTo(ALLOWED);
            assertThat(decide(policy, select("users"), select("events"))).isEqualTo(PASSED);
        }
    }

    @Nested
    class Conditions {
        @ParameterizedTest
        @CsvSource({
            "TRUNCATE,       TRUNCATE TABLE, true",
            "TRUNCATE TABLE, TRUNCATE TABLE, true",
            "DROP,           DROP TABLE,     true",
            "DROP TABLE,     DROP INDEX,     false",
            "DROP TABLE,     DROP,           false",
            "CREATE TABLE,   CREATE TABLE AS, false",
            "TRUNC,          TRUNCATE TABLE, false",
            "DELETE|UPDATE,  UPDATE,         true",
            "DELETE|UPDATE,  INSERT,         false"
        })
        void aCommandMatchesWholeOrByItsFirstWord(String condition, String command, boolean matches) {
            Policy policy = guardrailAfter(refuse(when(Map.of("command", condition))));

            assertThat(decide(policy, statement(command, StatementClass.READ))).isEqualTo(matches ? REFUSED : PASSED);
        }

        @ParameterizedTest
        @CsvSource({
            "user, bo, true",
            "user, Bo, false",
            "user, janitor|bo, true",
            "person, Bo Ek, true",
            "person, bo, false",
            "database, shop, true",
            "database, shop2, false",
            "application, psql, true",
            "application, psq, false",
            "network, 10.1.0.0/16, true",
            "network, 10.2.0.0/16|10.1.2.3, true",
            "network, 10.2.0.0/16, false",
            "class, read, true",
            "class, admin|read, true",
            "class, session, false",
            "command, SELECT, true",
            "table, events, true",
            "function, lower, false"
        })
        void eachMustHold(String key, String value, boolean matches) {
            Policy policy = guardrailAfter(refuse(when(Map.of(key, value))));

            assertThat(policy.rule(List.of(select("events")), who("bo", "Bo Ek")))
                    .isEqualTo(matches ? REFUSED : PASSED);
        }

        @Test
        void allMustHoldTogether() {
            Policy policy = guardrailAfter(refuse(when(Map.of("user", "bo", "database", "other"))));

            assertThat(decide(policy, select())).isEqualTo(PASSED);
        }

        @Test
        void aUserWithoutAPersonIsNobody() {
            Policy policy = guardrailAfter(allow(when(Map.of("person", "bo"))));

            assertThat(policy.rule(List.of(truncate("t")), who("bo", null))).isEqualTo(BY_PRESET);
        }
    }

    private static Ruling decide(Policy policy, StatementFacts... unit) {
        return policy.rule(List.of(unit), BO);
    }
}
