package io.holdfast.proxy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Protect.Preset;
import io.holdfast.config.RuleConfig;
import io.holdfast.proxy.statement.StatementClass;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PresetRulesTest {
    @ParameterizedTest
    @CsvSource({
        "GUARDRAIL, READ, false",
        "GUARDRAIL, SESSION, false",
        "GUARDRAIL, WRITE, false",
        "GUARDRAIL, SCHEMA, false",
        "GUARDRAIL, CODE, false",
        "GUARDRAIL, ADMIN, true",
        "GUARDRAIL, DESTRUCTIVE, true",
        "STRICT, READ, false",
        "STRICT, SESSION, false",
        "STRICT, WRITE, false",
        "STRICT, SCHEMA, true",
        "STRICT, CODE, true",
        "STRICT, ADMIN, true",
        "STRICT, DESTRUCTIVE, true"
    })
    void holdWhatTheyPromise(Preset preset, StatementClass statementClass, boolean held) {
        String name = preset.name().toLowerCase(Locale.ROOT);

        assertThat(decide(preset, statementClass))
                .isEqualTo(held ? new Verdict.Hold(name, 2, Rules.TIMEOUT) : new Verdict.Forward(name));
    }

    @ParameterizedTest
    @CsvSource({
        "READ, observe",
        "SESSION, observe",
        "WRITE, observe",
        "SCHEMA, observe: would hold (strict)",
        "CODE, observe: would hold (strict)",
        "ADMIN, observe: would hold (guardrail)",
        "DESTRUCTIVE, observe: would hold (guardrail)"
    })
    void observeHoldsNothingAndSaysWhatWouldBe(StatementClass statementClass, String rule) {
        assertThat(decide(Preset.OBSERVE, statementClass)).isEqualTo(new Verdict.Forward(rule));
    }

    @Test
    void observeNamesTheWorstStatementOfAUnit() {
        Policy policy = Rules.policy(Preset.OBSERVE);

        assertThat(policy.rule(List.of(Facts.select(), Facts.truncate("t"), Facts.select()), Rules.BO))
                .isEqualTo(new Verdict.Forward("observe: would hold (guardrail)"));
    }

    @ParameterizedTest
    @EnumSource(names = {"GUARDRAIL", "STRICT"})
    void unparsedIsHeldWhateverItsClassSays(Preset preset) {
        Policy policy = Rules.policy(preset);

        assertThat(policy.rule(List.of(Facts.unparsed()), Rules.BO)).isInstanceOf(Verdict.Hold.class);
        assertThat(policy.rule(List.of(Facts.unparsedRead()), Rules.BO)).isInstanceOf(Verdict.Hold.class);
    }

    @Test
    void configurationKnowsTheClassesThatExist() {
        assertThat(RuleConfig.CLASSES)
                .containsExactlyElementsOf(Stream.of(StatementClass.values())
                        .map(statementClass -> statementClass.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static Ruling decide(Preset preset, StatementClass statementClass) {
        return Rules.policy(preset).rule(List.of(Facts.statement("ANY", statementClass)), Rules.BO);
    }
}
