package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.MINIMAL;
import static io.holdfast.config.load.Loading.config;
import static io.holdfast.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PASSWORD", "hunter2", "EMPTY", "", "HOST", "db1", "FILE", "file:/etc/hunter2");

    @TempDir
    private Path folder;

    @Test
    void valuesComeFromTheEnvironment() {
        assertThat(password("${PASSWORD}")).isEqualTo("hunter2");
        assertThat(password("a-${PASSWORD}-${HOST}")).isEqualTo("a-hunter2-db1");
        assertThat(password("${EMPTY}")).isEmpty();
        assertThat(config(ConfigLoader.load(
                                MINIMAL.replace("localhost", "${HOST}.example.org:${PORT:-5433}"),
                                "t.yaml",
                                folder,
                                ENVIRONMENT))
                        .upstream()
                        .hosts())
                .hasToString("[db1.example.org:5433]");
    }

    @Test
    void defaultsStandInForWhatIsUnsetOrEmpty() {
        assertThat(password("${NONE:-fallback}")).isEqualTo("fallback");
        assertThat(password("${EMPTY:-fallback}")).isEqualTo("fallback");
        assertThat(password("${PASSWORD:-fallback}")).isEqualTo("hunter2");
        assertThat(password("${NONE:-}")).isEmpty();
    }

    @Test
    void aDoubledDollarIsPlain() {
        assertThat(password("$${PASSWORD}")).isEqualTo("${PASSWORD}");
        assertThat(password("$PASSWORD $ $$ a$")).isEqualTo("$PASSWORD $ $$ a$");
    }

    @Test
    void whatIsExpandedIsNotExpandedAgain() {
        Map<String, String> environment = Map.of("A", "${B}\\$1", "B", "hunter2");

        assertThat(password("${A}", environment)).isEqualTo("${B}\\$1");
    }

    @Test
    void everyMissingVariableIsNamed() {
        assertThat(problems(withPassword("${ONE} ${TWO} ${PASSWORD}"), ENVIRONMENT))
                .containsExactly(
                        "t.yaml:4:40: upstream.account.password: ${ONE}, which is not set"
                                + " (expected: an environment variable ONE, or ${ONE:-default})",
                        "t.yaml:4:40: upstream.account.password: ${TWO}, which is not set"
                                + " (expected: an environment variable TWO, or ${TWO:-default})");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${hunter2", "${}", "${hunter2!}", "${hunter2-x}"})
    void anOpeningThatLeadsNowhereIsAProblem(String password) {
        assertThat(problems(withPassword(password), ENVIRONMENT))
                .containsExactly("t.yaml:4:40: upstream.account.password: ${ without a name and }"
                        + " (expected: ${NAME}, ${NAME:-default}, or $${ for a plain ${)");
    }

    @Test
    void aPasswordMayBeInAFile() throws IOException {
        Files.writeString(folder.resolve("pw"), " hunter2 \r\n");
        Files.writeString(folder.resolve("two"), "hunter2\n\n");

        assertThat(password("file:pw")).isEqualTo(" hunter2 ");
        assertThat(password("file:" + folder.resolve("pw"))).isEqualTo(" hunter2 ");
        assertThat(password("file:two")).isEqualTo("hunter2\n");
        assertThat(password("file:${DIR}/pw", Map.of("DIR", folder.toString()))).isEqualTo(" hunter2 ");
    }

    @Test
    void aVariableThatLooksLikeAFileIsAPassword() {
        assertThat(password("${FILE}")).isEqualTo("file:/etc/hunter2");
    }

    @Test
    void aSecretFileMustBeThereAndSmall() throws IOException {
        Files.writeString(folder.resolve("huge"), "x".repeat(64 * 1024 + 1));

        for (String file : List.of("none", "huge", ".")) {
            assertThat(problems(ConfigLoader.load(withPassword("file:" + file), "t.yaml", folder, ENVIRONMENT)))
                    .containsExactly("t.yaml:4:40: upstream.account.password: 'file:" + file
                            + "', which is not there or cannot be read (expected: a readable file of at most 64 KiB)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listen: ${PASSWORD}",
                "people: [{ name: \"${PASSWORD}\" }, { name: \"${PASSWORD}\" }]",
                "people: [{ name: a, postgres: \"${PASSWORD}\" }, { name: b, postgres: \"${PASSWORD}\" }]",
                "listen: ${NONE:-hunter2}",
                "listen: a ${NONE:-hunter2} ${PASSWORD:-hunter2}",
                "audit: { file: \"${PASSWORD}\\0\" }",
                "admin: postgres://bo:hunter2@db1/shop",
                "admin: postgres://bo:/@hunter2@db1/shop",
                "audit: hunter2",
                "limits: [hunter2]",
                "tls: { certificate: \"${PASSWORD}\" }",
                "limits: {password:hunter2}",
                "audit: *hunter2",
                "audit: &hunter2 x",
                "audit: !hunter2 x",
                "audit: !hunter2!x y",
                "audit: \"hunter2",
                "audit: { password: hunter2",
                "audit: [hunter2}",
                "audit: hunter2: x",
                "%hunter2",
                "audit: \"\\hunter2\"",
                "hunter2: { [hunter2]: hunter2 }",
            })
    void noProblemRepeatsASecret(String line) {
        assertThat(problems(MINIMAL + line, ENVIRONMENT)).isNotEmpty().noneMatch(problem -> problem.contains("unter2"));
    }

    @Test
    void theAccountDoesNotPrintItsPassword() {
        assertThat(config(withPassword("hunter2")))
                .asString()
                .contains("holdfast")
                .doesNotContain("hunter2");
    }

    private String password(String password) {
        return password(password, ENVIRONMENT);
    }

    private String password(String password, Map<String, String> environment) {
        return config(ConfigLoader.load(withPassword(password), "t.yaml", folder, environment))
                .upstream()
                .account()
                .password();
    }

    private static String withPassword(String password) {
        return MINIMAL.replace("user: holdfast", "user: holdfast, password: '" + password + '\'');
    }
}
