package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.MINIMAL;
import static io.holdfast.config.load.Loading.UPSTREAM;
import static io.holdfast.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "audit: *a          | 8 | an alias (expected: the value itself, written out)",
                "audit: &a [*a]     | 12 | an alias (expected: the value itself, written out)",
                "audit: !!str x     | 8 | a tag (expected: a value without a tag (quote a text that starts with !))",
                "audit: !x { a: b } | 8 | a tag (expected: a value without a tag (quote a text that starts with !))",
                "? [a, b]           | 3 | a key that is a list or mapping (expected: a name as key)",
                "--- {}             | 1 | a second document (expected: one document)",
                "audit: [           | 9 | no YAML: expected the node content, but found '<stream end>' (expected: valid YAML)",
            })
    void whatIsNotPlainYamlIsOneProblem(String line, int column, String problem) {
        assertThat(problems(MINIMAL + line))
                .singleElement()
                .asString()
                .matches("t\\.yaml:[67]:" + column + ": .*")
                .endsWith(": " + problem);
    }

    @Test
    void aVariableInBracesIsToldToBeQuoted() {
        String yaml = "upstream:\n  account: { user: holdfast, password: ${PASSWORD} }\n";

        assertThat(problems(yaml))
                .singleElement()
                .asString()
                .startsWith("t.yaml:2:")
                .endsWith("(expected: valid YAML; inside { } or [ ] put \"${NAME}\" in quotes)");
    }

    @Test
    void nestingIsBounded() {
        assertThat(problems("people: " + "[".repeat(100_000)))
                .containsExactly("t.yaml:1:25: a value nested more than 16 deep (expected: a flatter file)");
        assertThat(problems("people: " + "{a: ".repeat(100_000)))
                .singleElement()
                .asString()
                .endsWith("a value nested more than 16 deep (expected: a flatter file)");
    }

    @Test
    void charactersThatYamlForbidsAreAProblem() {
        assertThat(problems("listen: \u0007"))
                .containsExactly("t.yaml: no YAML: a character that is not allowed (expected: printable text)");
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkAreFine() {
        assertThat(problems('\uFEFF' + MINIMAL.replace("\n", "\r\n"))).isEmpty();
        assertThat(problems(UPSTREAM.replace("\n", "\r\n") + "colour: red\r\nprotect: { preset: observe }"))
                .singleElement()
                .asString()
                .startsWith("t.yaml:5:1: colour: unknown key");
    }
}
