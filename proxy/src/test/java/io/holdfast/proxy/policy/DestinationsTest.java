package io.holdfast.proxy.policy;

import static io.holdfast.proxy.policy.Rules.BO;
import static io.holdfast.proxy.policy.Rules.guardrailAfter;
import static io.holdfast.proxy.policy.Rules.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.Target;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DestinationsTest {
    private static final RuleConfig LEDGER = route("ledger", Map.of("table", "ledger.*"), Target.PRIMARY);
    private static final RuleConfig ANALYSTS = route("analysts", Map.of("user", "bo"), Target.FOLLOWER);

    private static RuleConfig route(String name, Map<String, String> conditions, Target target) {
        return new RuleConfig(name, when(conditions), new Action.Route(target));
    }

    private static List<StatementFacts> facts(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return StatementReader.read(bytes, 0, bytes.length).statements();
    }

    @Test
    void theFirstRuleThatSpeaksOfAStatementDecides() {
        Policy policy = guardrailAfter(LEDGER, ANALYSTS);
        assertThat(policy.destination(facts("select * from ledger.entry"), BO))
                .isEqualTo(new Destination("ledger", Target.PRIMARY));
        assertThat(policy.destination(facts("select * from public.other"), BO))
                .isEqualTo(new Destination("analysts", Target.FOLLOWER));
        assertThat(policy.destination(facts("select * from public.other"), Rules.who("ana", "ana")))
                .isNull();
    }

    @Test
    void aStatementThatIsCoveredInPartIsRoutedToo() {
        assertThat(guardrailAfter(LEDGER).destination(facts("select * from other, ledger.entry"), BO))
                .isEqualTo(new Destination("ledger", Target.PRIMARY));
    }

    @Test
    void aTableWithoutASchemaMayBeMeant() {
        assertThat(guardrailAfter(LEDGER).destination(facts("select * from entry"), BO))
                .isEqualTo(new Destination("ledger", Target.PRIMARY));
    }

    @Test
    void inAUnitWhatMustNotTouchThePrimaryDecides() {
        RuleConfig cold = route("cold", Map.of("table", "archive.*"), Target.FOLLOWER);
        assertThat(guardrailAfter(LEDGER, cold)
                        .destination(facts("select * from ledger.entry; select * from archive.a"), BO))
                .isEqualTo(new Destination("cold", Target.FOLLOWER));
    }

    @Test
    void aRoutingRuleLetsNothingPass() {
        Policy policy = guardrailAfter(route("everything", Map.of(), Target.PRIMARY));
        assertThat(policy.hasDestinations()).isTrue();
        assertThat(policy.rule(facts("truncate t"), BO)).isEqualTo(new Verdict.Hold("guardrail", 2, Rules.TIMEOUT));
        assertThat(guardrailAfter().hasDestinations()).isFalse();
    }
}
