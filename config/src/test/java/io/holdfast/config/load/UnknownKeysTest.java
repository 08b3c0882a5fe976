package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that nobody knows is a problem wherever it stands: what is misspelled would otherwise protect nothing. */
class UnknownKeysTest {
    /** Every mapping that there can be, each with its braces in one piece. */
    private static final String EVERYTHING = """
            listen: [{ socket: /run/s, mode: 0770 }, 127.0.0.1:6432]
            proxy-protocol: { from: [10.0.0.10] }
            peer-id: 1
            peers: [{ id: 2, host: "b:6432", tls: { mode: require } }]
            upstream:
              environment: local
              hosts: localhost
              tls: { mode: disable }
              account: { user: holdfast, password: x }
            protect:
              rules:
                - { name: a, when: { class: code }, then: { hold: { approvals: 1 } } }
            people:
              - { name: bo, approves: true }
              - { name: cy, approves: true, slack: U024BE7LH }
              - { name: di, approves: true }
            audit: { file: a.jsonl }
            control-store: { url: "postgresql://db9/c", user: c, password: p, tls: { mode: require } }
            limits: { max-clients: 10 }
            notify:
              public-url: https://holdfast.example.com
              slack: { webhook: "https://hooks.slack.com/services/T0/B0/x", signing-secret: s }
              webhook: { url: "https://hooks.example.com/x", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw }
            """;

    @Test
    void withoutOneThereIsNoProblem() {
        assertThat(problems(EVERYTHING)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listen: [{",
                "proxy-protocol: {",
                "peers: [{",
                "host: \"b:6432\", tls: {",
                "upstream:\n  ",
                "hosts: localhost\n  tls: {",
                "account: {",
                "protect:\n  ",
                "- { name: a",
                "when: {",
                "then: {",
                "hold: {",
                "- { name: bo",
                "audit: {",
                "control-store: {",
                "password: p, tls: {",
                "limits: {",
                "notify:\n  ",
                "slack: { webhook",
                "webhook: { url",
                "peer-id: 1\n"
            })
    void anUnknownKeyIsToldWithTheKnownOnes(String before) {
        String known = before.replaceFirst("(?s).*\\{ ?", "");
        String place = before.substring(0, before.length() - known.length());
        boolean flow = before.contains("{");
        String key =
                flow ? (known.isEmpty() ? " wrog: 1, " : "wrog: 1, ") + known : before + "wrog: 1\n" + indent(before);
        String yaml = EVERYTHING.replaceFirst(
                Pattern.quote(before),
                (flow ? place + key : key).replace("\\", "\\\\").replace("$", "\\$"));
        List<String> problems = problems(yaml);

        assertThat(problems)
                .anySatisfy(
                        problem -> assertThat(problem)
                                .containsPattern(
                                        "t\\.yaml:[0-9]+:[0-9]+: (?:[a-z0-9.\\[\\]-]+\\.)?wrog: unknown key.* \\(expected: one of "));
    }

    private static String indent(String before) {
        return before.substring(before.lastIndexOf('\n') + 1);
    }
}
