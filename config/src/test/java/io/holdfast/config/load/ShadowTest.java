package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.UPSTREAM;
import static io.holdfast.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that can never decide anything. That none is called so wrongly is the business of the policy's test. */
class ShadowTest {
    @Test
    void theLaterRuleIsNamedWithTheOneThatComesBefore() {
        assertThat(problems(yaml("class: destructive", "refuse", "class: destructive, user: bo", "allow")))
                .containsExactly(
                        "t.yaml:8:7: protect.rules[1]: 'b' never decides anything: 'a' at protect.rules[0] always"
                                + " does before (expected: the narrower rule first, or only one of them)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "                              | allow  | command: DROP                            | refuse",
                "class: [write, destructive]   | allow  | class: write, table: events              | { hold: { approvals: 1 } }",
                "class: write                  | hold   | class: write, time: 22:00-06:00, zone: UTC | allow",
                "network: 10.0.0.0/8           | refuse | network: [10.1.0.0/16, 10.2.3.4], table: t | allow",
                "user: [bo, kim]               | refuse | user: kim                                | hold",
                "environment: [local, staging] | allow  | environment: local, class: admin         | refuse",
                "opaque: true                  | hold   | opaque: true, function: f                | allow",
                "command: DROP                 | allow  | command: [DROP TABLE, DROP VIEW]         | allow",
                "command: DELETE, table: '*.events' | allow | command: DELETE, table: [events, a.events] | allow",
                "table: staging.*              | allow  | table: staging.tmp_*                     | { delay: 1m }",
                "class: destructive, command: DROP | allow | class: destructive, command: DROP TABLE, table: t | allow",
                "command: DROP                 | refuse | command: DROP                            | hold",
                "command: DROP                 | refuse | command: DROP, user: bo                  | refuse",
                "command: DROP                 | { hold: { approvals: 2 } } | command: DROP        | { hold: { approvals: 1 } }",
                "command: DROP                 | refuse | command: DROP                            | allow",
                "days: mon-fri, zone: UTC      | refuse | days: mon, time: 01:00-02:00, zone: UTC  | allow",
                "command: DELETE, rows-over: 5 | hold   | command: DELETE, user: bo, rows-over: 9  | hold",
                "command: DELETE               | hold   | command: DELETE, rows-over: 9            | hold",
                "command: SELECT               | { route: primary } | command: SELECT, table: t    | { route: follower }",
            })
    void aRuleThatNeverDecidesIsAProblem(String first, String then, String second, String thenSecond) {
        assertThat(problems(yaml(first, then, second, thenSecond)))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("protect.rules[1]: 'b' never decides anything"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "class: write        | allow | class: [write, schema]      | refuse",
                "user: bo            | allow | class: write                | refuse",
                "user: bo            | allow | person: bo                  | refuse",
                "opaque: true        | hold  | class: write                | allow",
                "rows-over: 5        | refuse | class: write               | hold",
                "rows-over: 5        | refuse | command: DELETE, rows-over: 5 | hold",
                "command: DELETE, rows-over: 9 | refuse | command: DELETE, rows-over: 5 | hold",
                "command: DELETE, rows-over: 5 | { hold: { approvals: 1 } } | command: DELETE, rows-over: 9 | { hold: { approvals: 2 } }",
                "network: 10.1.0.0/16 | allow | network: 10.0.0.0/8        | refuse",
                "network: 10.0.0.0/8 | allow | network: '::/0'             | refuse",
                "time: 22:00-06:00, zone: UTC | refuse | time: 22:00-06:00, zone: Europe/Berlin | refuse",
                "days: mon, zone: UTC | refuse | days: mon, time: 22:00-06:00, zone: UTC | allow",
                // What it names in part, the later one makes stricter.
                "command: DELETE, table: events | allow | command: DELETE, table: events | refuse",
                "command: DELETE, table: events | hold  | command: DELETE, table: events | refuse",
                "command: DROP       | allow | command: DROP TABLE         | { hold: { approvals: 1 } }",
                // The first does not cover what a statement calls or carries, the second says that it may.
                "command: SELECT     | allow | command: SELECT, function: app.f | allow",
                "command: SELECT     | allow | command: SELECT, class: destructive | allow",
                "command: DELETE     | allow | command: DELETE, table: events | allow",
                "table: events       | allow | table: public.events        | allow",
                "table: public.events | allow | table: events              | allow",
                "table: a.*          | allow | table: '*'                  | allow",
                "table: '**.x'       | allow | table: '*.x'                | allow",
                "{route}             | { route: primary } | class: read    | allow",
                "class: read         | allow | class: read                 | { route: primary }",
            })
    void whereItCouldStillDecideThereIsNone(String first, String then, String second, String thenSecond) {
        assertThat(problems(yaml(first.equals("{route}") ? "class: read" : first, then, second, thenSecond)))
                .isEmpty();
    }

    @Test
    void aRuleThatIsWrongByItselfShadowsNothing() {
        assertThat(problems(yaml("class: wirte", "refuse", "class: destructive", "hold")))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("'wirte'"));
    }

    private static String yaml(String first, String then, String second, String thenSecond) {
        return UPSTREAM + """
                protect:
                  rules:
                    - { name: a, when: { %s }, then: %s }
                    - { name: b, when: { %s }, then: %s }
                people:
                  - { name: bo, approves: true }
                  - { name: kim, approves: true }
                  - { name: lee, approves: true }
                """.formatted(first == null ? "" : first, then, second, thenSecond);
    }
}
