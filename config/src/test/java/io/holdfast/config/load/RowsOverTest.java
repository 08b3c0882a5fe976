package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.UPSTREAM;
import static io.holdfast.config.load.Loading.config;
import static io.holdfast.config.load.Loading.problems;
import static io.holdfast.config.load.Loading.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for many rows. */
class RowsOverTest {
    private static String yaml(String when, String then) {
        return UPSTREAM + """
                people:
                  - { name: di, approves: true, slack: U024BE7LA }
                  - { name: cy, approves: true, slack: U024BE7LB }
                  - { name: ed, approves: true, slack: U024BE7LC }
                notify:
                  public-url: https://holdfast.example.com
                  slack: { webhook: "https://hooks.slack.com/services/T0/B0/x", signing-secret: s }
                protect:
                  rules:
                    - { name: many, when: { %s }, then: %s }
                """.formatted(when, then);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1000, 1000", "999999999999, 999999999999"})
    void aRuleForMoreRowsThanThis(String given, long read) {
        assertThat(config(yaml("command: DELETE, rows-over: " + given, "hold"))
                        .protect()
                        .rules()
                        .getFirst()
                        .when()
                        .rowsOver())
                .isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "'> 1000'", "1_000", "1k", "1000000000000", "''", "1.5", "[1, 2]"})
    void anythingElseIsAProblem(String given) {
        assertThat(problems(yaml("rows-over: " + given, "hold")))
                .singleElement()
                .asString()
                .contains("protect.rules[0].when.rows-over: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow", "{ delay: 10m }", "{ route: follower }"})
    void whatIsCountedBeforeMayOnlyMakeAnAnswerStricter(String then) {
        assertThat(problems(yaml("command: DELETE, rows-over: 10", then)))
                .singleElement()
                .asString()
                .contains("protect.rules[0]: rows-over with something milder than hold (expected: hold or refuse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"class: read", "class: [schema, admin]"})
    void aClassThatTouchesNoRowsIsAProblem(String condition) {
        assertThat(problems(yaml(condition + ", rows-over: 10", "hold")))
                .singleElement()
                .asString()
                .contains("rows-over with a class that changes and removes no rows");
        assertThat(problems(yaml("class: [write, read], rows-over: 10", "hold")))
                .isEmpty();
    }

    @Test
    void whereNothingIsCountedThatIsSaid() {
        String rule = yaml("rows-over: 10", "refuse");

        assertThat(warnings(rule)).isEmpty();
        assertThat(warnings(rule + "  count-rows: { where: nowhere }\n"))
                .singleElement()
                .asString()
                .contains("protect.count-rows: nowhere, so 'many' takes every number of rows for too many");
    }
}
