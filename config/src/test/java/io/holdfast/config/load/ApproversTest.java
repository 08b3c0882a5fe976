package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.UPSTREAM;
import static io.holdfast.config.load.Loading.problems;
import static io.holdfast.config.load.Loading.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Holds that nobody, or not everybody, could get approved. */
class ApproversTest {
    private static final String HASH = "sha256:" + "0".repeat(64);
    private static final String EXPECTED = " (expected: at least 3 people with approves: true, or fewer approvals)";

    @Test
    void whoeverIsNeededCannotAsk() {
        String yaml = yaml("protect: { preset: guardrail }", """
                - { name: bo, approves: true }
                - { name: cy, approves: true }
                - { name: ana }
                """);

        assertThat(problems(yaml)).isEmpty();
        assertThat(warnings(yaml))
                .containsExactly(
                        "t.yaml:5:10: protect.approvals: needs 2 approvals, which bo or cy can never get: only 1"
                                + " other person may approve" + EXPECTED);
    }

    @Test
    void threeWhoMayApproveAreEnoughForTwo() {
        assertThat(warnings(yaml("protect: { preset: strict }", """
                        - { name: bo, approves: true }
                        - { name: cy, approves: true }
                        - { name: di, approves: true }
                        """))).isEmpty();
    }

    @Test
    void aRuleForOneWhoIsNeededIsAProblem() {
        assertThat(problems(yaml("""
                        protect:
                          preset: observe
                          rules:
                            - { name: a, when: { person: bo }, then: hold }
                            - { name: b, when: { user: [cy] }, then: { hold: { approvals: 2 } } }
                            - { name: c, when: { user: [ana] }, then: { hold: { approvals: 2 } } }
                            - { name: d, when: { person: ana, user: bo }, then: hold }
                        """, """
                        - { name: bo, approves: true }
                        - { name: cy, approves: true }
                        - { name: ana }
                        """)))
                .containsExactly(
                        "t.yaml:8:46: protect.rules[0].then: needs 2 approvals, but when bo asks, only 1 other person may"
                                + " approve" + EXPECTED,
                        "t.yaml:9:67: protect.rules[1].then.hold.approvals: needs 2 approvals, but when cy asks, only 1"
                                + " other person may approve" + EXPECTED);
    }

    @Test
    void aRuleForSomeWhoAreNeededIsAWarning() {
        String yaml = yaml("""
                protect:
                  preset: observe
                  rules:
                    - { name: a, when: { user: [bo, robot] }, then: { hold: { approvals: 1 } } }
                """, "- { name: bo, approves: true }\n");

        assertThat(problems(yaml)).isEmpty();
        assertThat(warnings(yaml))
                .containsExactly(
                        "t.yaml:8:74: protect.rules[0].then.hold.approvals: needs 1 approval, which bo can never"
                                + " get: nobody else may approve (expected: at least 2 people with approves: true, or fewer"
                                + " approvals)");
    }

    @Test
    void whoHasNoWayToApproveDoesNotCount() {
        String yaml = yaml("admin: off", """
                - { name: bo, approves: true }
                - { name: cy, approves: true, postgres: [], slack: U024BE7LH, token: "HASH" }
                """.replace("HASH", HASH));

        assertThat(problems(yaml))
                .containsExactly("t.yaml: protect.approvals: needs 2 approvals, but of the people who may approve 1"
                        + " have a way to (expected: at least 2 people with approves: true who can log in or click)");
    }

    @Test
    void whoHasNoWayToApproveIsNamed() {
        assertThat(warnings(yaml("protect: { preset: observe }", """
                        - { name: bo, approves: true, postgres: [] }
                        - { name: cy, approves: true, postgres: [], slack: U024BE7LH }
                        - { name: di, approves: true, postgres: [], token: "HASH" }
                        - { name: ed, approves: false, postgres: [] }
                        """.replace("HASH", HASH))))
                .containsExactly(
                        "t.yaml:7:3: people[0]: bo may approve, but has no way to: no PostgreSQL user, no token, no Slack"
                                + " id (expected: a PostgreSQL user, a token or a Slack id that is of use)",
                        "t.yaml:8:3: people[1]: cy may approve, but has no way to: no PostgreSQL user, no token, a Slack id"
                                + " but there is no notify.slack (expected: a PostgreSQL user, a token or a Slack id that is"
                                + " of use)");
    }

    private static String yaml(String protect, String people) {
        return UPSTREAM + protect.stripTrailing() + "\npeople:\n" + people;
    }
}
