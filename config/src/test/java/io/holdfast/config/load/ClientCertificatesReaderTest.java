package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.MINIMAL;
import static io.holdfast.config.load.Loading.config;
import static io.holdfast.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.CiConfig.CiRule;
import io.holdfast.config.ClientCertificates;
import io.holdfast.config.ClientCertificates.Demand;
import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.ServerTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which certificates clients are asked for, and the rules that go by them. */
class ClientCertificatesReaderTest {
    private static final String ASKED = "client-certificate: optional, client-ca: ca.pem";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        for (String file : List.of("server.crt", "server.key", "ca.pem", "crl.pem")) {
            Files.createFile(folder.resolve(file));
        }
    }

    @Test
    void byDefaultNoneAreAskedFor() {
        assertThat(tls("")).isEqualTo(new ServerTls(folder.resolve("server.crt"), folder.resolve("server.key"), false));
        assertThat(tls(", client-certificate: off")).isEqualTo(tls(""));
    }

    @ParameterizedTest
    @CsvSource({"optional, OPTIONAL, false", "verify-ca, VERIFY_CA, true", "verify-full, VERIFY_FULL, true"})
    void whoMustShowOneMustUseTls(String word, Demand demand, boolean required) {
        assertThat(tls(", client-ca: ca.pem, client-certificate: " + word))
                .isEqualTo(new ServerTls(
                        folder.resolve("server.crt"),
                        folder.resolve("server.key"),
                        required,
                        new ClientCertificates(demand, folder.resolve("ca.pem"), null)));
    }

    @Test
    void listsOfRevokedOnesMayBeGiven() {
        ClientCertificates clients = Objects.requireNonNull(
                tls(", required: true, client-ca: ca.pem, client-crl: crl.pem, client-certificate: optional")
                        .clients());

        assertThat(clients.revocations()).isEqualTo(folder.resolve("crl.pem"));
        assertThat(clients.areRequired()).isFalse();
    }

    @Test
    void whatContradictsItselfIsSaid() {
        assertThat(found(", client-certificate: verify-ca, client-ca: ca.pem, required: false"))
                .containsExactly("t.yaml:6:110: tls.required: false, but without TLS nobody can show a certificate"
                        + " (expected: true, or no such key at all)");
        assertThat(found(", client-certificate: optional"))
                .containsExactly("t.yaml:6:6: tls.client-ca: missing (expected: a PEM file of the authorities whose"
                        + " certificates clients have)");
        assertThat(found(", client-ca: ca.pem, client-crl: crl.pem"))
                .containsExactly(
                        "t.yaml:6:61: tls.client-ca: there, but clients are asked for no certificate (expected:"
                                + " client-certificate: optional, verify-ca or verify-full with it)",
                        "t.yaml:6:81: tls.client-crl: there, but clients are asked for no certificate (expected:"
                                + " client-certificate: optional, verify-ca or verify-full with it)");
        assertThat(found(", client-certificate: off, client-ca: ca.pem"))
                .singleElement()
                .asString()
                .contains("tls.client-ca: there, but clients are asked for no certificate");
    }

    @Test
    void aWrongWordIsTheOnlyProblem() {
        assertThat(problems(load("""
                        tls: { certificate: server.crt, key: server.key, client-certificate: require, client-ca: ca.pem }
                        ci: { rules: [{ name: c, certificate: ci-* }] }
                        """)))
                .containsExactly("t.yaml:6:70: tls.client-certificate: 'require' (expected: off, optional, verify-ca or"
                        + " verify-full)");
    }

    @Test
    void filesMustBeThere() {
        assertThat(found(", client-certificate: optional, client-ca: no.pem, client-crl: none.pem"))
                .containsExactly(
                        "t.yaml:6:91: tls.client-ca: 'no.pem', which is not there or cannot be read (expected: a"
                                + " readable file)",
                        "t.yaml:6:111: tls.client-crl: 'none.pem', which is not there or cannot be read (expected: a"
                                + " readable file)");
    }

    @Test
    void rulesOfBothKindsGoByThem() {
        HoldfastConfig config = config(load(asked("""
                ci: { rules: [{ name: c, certificate: [ci-*, "/O=Example/OU=ci/*"], user: bo }] }
                """, "{ name: r, when: { certificate: intern-* }, then: refuse }")));

        assertThat(config.ci().rules())
                .containsExactly(
                        new CiRule("c", List.of(), Set.of("bo"), List.of(), List.of("ci-*", "/O=Example/OU=ci/*")));
        assertThat(config.protect().rules().getFirst().when().certificates()).containsExactly("intern-*");
    }

    @Test
    void whereNobodyIsAskedARuleThatGoesByThemIsAProblem() {
        assertThat(problems(MINIMAL + """
                        ci: { rules: [{ name: c, certificate: ci-* }] }
                        people: []
                        """)).containsExactly("""
                        t.yaml:6:39: ci.rules[0].certificate: there, but clients are asked for no certificate, so the rule \
                        never decides anything (expected: tls.client-certificate: optional, verify-ca or verify-full with it)""");
        assertThat(problems(MINIMAL.replace(
                        "preset: observe",
                        "preset: observe, rules: [{ name: r, when: { certificate: x }, then: refuse }]")))
                .singleElement()
                .asString()
                .contains("protect.rules[0].when.certificate: there, but clients are asked for no certificate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "OU=ci    | 'OU=ci' (expected: a common name such as ci-*, or a whole subject such as /O=Example/OU=ci/*)",
                "/ci      | '/ci' (expected: a common name such as ci-*, or a whole subject such as /O=Example/OU=ci/*)",
                "[]       | an empty list (expected: at least one)",
            })
    void aPatternThatCouldBeEitherKindIsRefused(String pattern, String problem) {
        assertThat(problems(load(asked("ci: { rules: [{ name: c, user: x, certificate: " + pattern + " }] }\n"))))
                .singleElement()
                .asString()
                .endsWith("ci.rules[0].certificate: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                      | certificate: ci-*           | true",
                "certificate: '*'      | certificate: '/O=Example/*' | true",
                "certificate: ci-*     | certificate: [ci-1, ci-2-*] | true",
                "certificate: ci-*     | certificate: [ci-1, ana]    | false",
                "certificate: ci-*     |                             | false",
                "certificate: '*'      |                             | false",
                "certificate: 'ci-*'   | certificate: '/CN=ci-*'     | false",
            })
    void aRuleInTheShadowOfAnotherIsAProblem(String wide, String narrow, boolean shadowed) {
        List<String> found = problems(load(asked(
                "",
                "{ name: a, when: { " + (wide == null ? "" : wide) + " }, then: refuse }",
                "{ name: b, when: { " + (narrow == null ? "" : narrow) + " }, then: allow }")));

        assertThat(!found.isEmpty()).as("%s", found).isEqualTo(shadowed);
    }

    private ServerTls tls(String more) {
        return Objects.requireNonNull(config(load(line(more))).tls());
    }

    private List<String> found(String more) {
        return problems(load(line(more)));
    }

    private static String line(String more) {
        return "tls: { certificate: server.crt, key: server.key" + more + " }\n";
    }

    /** A file in which clients are asked. */
    private static String asked(String more, String... rules) {
        return line(", " + ASKED) + more + "people: []\n"
                + (rules.length == 0 ? "" : "RULES " + String.join(", ", rules));
    }

    private ConfigResult load(String more) {
        int rules = more.indexOf("RULES ");
        String yaml = rules < 0
                ? MINIMAL + more
                : MINIMAL.replace("preset: observe", "preset: observe, rules: [" + more.substring(rules + 6) + ']')
                        + more.substring(0, rules);
        return ConfigLoader.load(yaml, "t.yaml", folder, Map.of());
    }
}
