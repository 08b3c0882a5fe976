package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.MINIMAL;
import static io.holdfast.config.load.Loading.UPSTREAM;
import static io.holdfast.config.load.Loading.config;
import static io.holdfast.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.CiConfig;
import io.holdfast.config.CiConfig.CiRule;
import io.holdfast.config.CiConfig.Mode;
import io.holdfast.config.CiConfig.Silence;
import io.holdfast.config.Cidr;
import io.holdfast.config.Protect.Preset;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CiReaderTest {
    private static final String LOCAL_ONLY = UPSTREAM + "mode: local-only\n";

    @Test
    void wellKnownNamesAreCiByDefault() {
        assertThat(config(MINIMAL).ci()).isEqualTo(CiConfig.DEFAULT);
    }

    @Test
    void everythingCanBeSaid() {
        assertThat(config(MINIMAL + """
                        ci:
                          well-known: false
                          rules:
                            - { name: suites, application: [shop-suite-*, smoke], user: tester }
                            - { name: runners, network: [10.9.0.0/16, "fd00:9::/64"] }
                          silence: refuse
                          environment-query: SELECT env FROM ops.about
                          environment-refresh: 5s
                          announce-again: 1h
                        """).ci())
                .isEqualTo(new CiConfig(
                        Mode.NORMAL,
                        List.of(),
                        false,
                        List.of(
                                new CiRule("suites", List.of("shop-suite-*", "smoke"), Set.of("tester"), List.of()),
                                new CiRule(
                                        "runners",
                                        List.of(),
                                        Set.of(),
                                        List.of(Cidr.parse("10.9.0.0/16"), Cidr.parse("fd00:9::/64")))),
                        Silence.REFUSE,
                        "SELECT env FROM ops.about",
                        Duration.ofSeconds(5),
                        Duration.ofHours(1)));
    }

    @Test
    void aLocalOnlyProxyHoldsNothingAndNeedsNobody() {
        var config = config(LOCAL_ONLY + "local-networks: 172.16.0.0/12\n");

        assertThat(config.ci().isLocalOnly()).isTrue();
        assertThat(config.ci().localNetworks()).containsExactly(Cidr.parse("172.16.0.0/12"));
        assertThat(config.protect().preset()).isEqualTo(Preset.LOCAL_ONLY);
        assertThat(config.people()).isEmpty();
    }

    @Test
    void whatContradictsLocalOnlyIsSaid() {
        assertThat(problems(LOCAL_ONLY.replace("environment: local", "environment: staging")))
                .containsExactly(
                        "t.yaml:5:7: mode: local-only, but upstream.environment is not (expected: environment: local"
                                + " with it)");
        assertThat(problems(LOCAL_ONLY + "protect: { preset: guardrail }\n"))
                .containsExactly(
                        "t.yaml:6:20: protect.preset: there in mode local-only (expected: no preset: nothing is held"
                                + " on a local database)");
        assertThat(problems(LOCAL_ONLY + """
                        people: [{ name: bo, approves: true }, { name: cy, approves: true }]
                        protect: { rules: [{ name: r, when: { class: admin }, then: hold }] }
                        """))
                .containsExactly(
                        "t.yaml:7:19: protect.rules: holds or delays in mode local-only (expected: allow, refuse or"
                                + " route: nothing waits there)");
        assertThat(problems(MINIMAL + "local-networks: [10.0.0.0/8]\n"))
                .containsExactly(
                        "t.yaml:6:17: local-networks: there without mode: local-only (expected: mode: local-only"
                                + " with it)");
        assertThat(problems(MINIMAL + "mode: local\n"))
                .containsExactly("t.yaml:6:7: mode: 'local' (expected: normal or local-only)");
    }

    @Test
    void aRuleWithoutConditionsOrWithAnEmptyOneIsRefused() {
        assertThat(problems(MINIMAL + """
                        ci:
                          rules:
                            - name: everybody
                            - { name: nobody, user: [] }
                            - { name: nobody, user: x }
                            - { name: net, network: 10.9.1.1/16 }
                        """))
                .containsExactly(
                        "t.yaml:8:7: ci.rules[0]: no condition (expected: at least one of application, user,"
                                + " network, certificate)",
                        "t.yaml:9:29: ci.rules[1].user: an empty list (expected: at least one)",
                        "t.yaml:10:15: ci.rules[2].name: 'nobody', already at ci.rules[1].name (expected: each name once)",
                        "t.yaml:11:29: ci.rules[3].network: '10.9.1.1/16' (expected: a network such as 10.1.0.0/16 or"
                                + " fd00::/8, with no bits set after the prefix)");
    }
}
