package io.holdfast.proxy.policy;

import static io.holdfast.proxy.policy.Rules.allow;
import static io.holdfast.proxy.policy.Rules.guardrailAfter;
import static io.holdfast.proxy.policy.Rules.refuse;
import static io.holdfast.proxy.policy.Rules.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Protect.Preset;
import io.holdfast.config.RuleConfig;
import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules about what a statement does beside what its first word says: statements that it wraps, code that it calls. */
class WrappedCodeTest {
    private static final Verdict ALLOWED = new Verdict.Forward("allow");
    private static final Verdict REFUSED = new Verdict.Refuse("refuse", "never");
    private static final Verdict PASSED = new Verdict.Forward("guardrail");
    private static final Verdict HELD = new Verdict.Hold("strict", 2, Rules.TIMEOUT);
    private static final String DELETES_INSIDE =
            "WITH d AS (DELETE FROM users WHERE id = 1 RETURNING *) SELECT * FROM d";

    @Test
    void aRuleAgainstACommandSeesItInside() {
        Policy policy = guardrailAfter(refuse(when(Map.of("command", "DELETE", "table", "users"))));
        assertThat(decide(policy, DELETES_INSIDE)).isEqualTo(REFUSED);
        assertThat(decide(policy, "EXPLAIN ANALYZE DELETE FROM users WHERE id = 1"))
                .isEqualTo(REFUSED);
        assertThat(decide(policy, "EXPLAIN DELETE FROM users WHERE id = 1")).isEqualTo(PASSED);
        assertThat(decide(policy, "SELECT * FROM users")).isEqualTo(PASSED);
    }

    @Test
    void aRuleThatAllowsACommandAllowsNoOtherInside() {
        assertThat(decide(guardrailAfter(allow(when(Map.of("command", "SELECT")))), DELETES_INSIDE))
                .isEqualTo(PASSED);
        assertThat(decide(guardrailAfter(allow(when(Map.of("command", "SELECT|DELETE")))), DELETES_INSIDE))
                .isEqualTo(ALLOWED);
    }

    @Test
    void strictHoldsWhatNobodyVouchesFor() {
        Policy strict = strictAfter();
        assertThat(decide(strict, "SELECT mine()")).isEqualTo(HELD);
        assertThat(decide(strict, "SELECT lower('x')")).isEqualTo(new Verdict.Forward("strict"));
        assertThat(decide(guardrailAfter(), "SELECT mine()")).isEqualTo(PASSED);
        assertThat(decide(Rules.policy(Preset.OBSERVE), "SELECT mine()"))
                .isEqualTo(new Verdict.Forward("observe: would hold (strict)"));
    }

    @Test
    void allowingAFunctionVouchesForItAndForNoOther() {
        Policy policy = strictAfter(allow(when(Map.of("function", "mine"))));
        assertThat(decide(policy, "SELECT mine()")).isEqualTo(ALLOWED);
        assertThat(decide(policy, "SELECT lower(mine())")).isEqualTo(ALLOWED);
        assertThat(decide(policy, "SELECT mine(), yours()")).isEqualTo(HELD);
        assertThat(decide(policy, "SELECT mine(), nextval('s')"))
                .isEqualTo(new Verdict.Hold("strict", 2, Rules.TIMEOUT));
    }

    @Test
    void allowingACommandOrTableVouchesForNoFunction() {
        Policy policy = strictAfter(allow(when(Map.of("command", "SELECT", "table", "users"))));
        assertThat(decide(policy, "SELECT * FROM users")).isEqualTo(ALLOWED);
        assertThat(decide(policy, "SELECT mine() FROM users")).isEqualTo(HELD);
    }

    @Test
    void allowingAPersonOrOpaqueCodeAsSuchDoes() {
        assertThat(decide(strictAfter(allow(when(Map.of("user", "bo")))), "SELECT mine()"))
                .isEqualTo(ALLOWED);
        assertThat(decide(strictAfter(allow(when(Map.of("opaque", "true", "class", "write")))), "SELECT mine()"))
                .isEqualTo(ALLOWED);
        assertThat(decide(guardrailAfter(refuse(when(Map.of("opaque", "true")))), "SELECT mine()"))
                .isEqualTo(REFUSED);
        assertThat(decide(guardrailAfter(refuse(when(Map.of("opaque", "true")))), "SELECT lower('x')"))
                .isEqualTo(PASSED);
    }

    private static Policy strictAfter(RuleConfig... rules) {
        return Rules.policy(Preset.STRICT, rules);
    }

    private static Ruling decide(Policy policy, String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return policy.rule(
                List.copyOf(StatementReader.read(text, 0, text.length).statements()), Rules.BO);
    }
}
