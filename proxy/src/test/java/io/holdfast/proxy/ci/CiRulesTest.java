package io.holdfast.proxy.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.CiConfig;
import io.holdfast.config.CiConfig.CiRule;
import io.holdfast.config.CiConfig.Mode;
import io.holdfast.config.CiConfig.Silence;
import io.holdfast.config.Cidr;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CiRulesTest {
    private final CiRules wellKnown = new CiRules(CiConfig.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rspec",
                "/usr/local/bundle/bin/rspec",
                "/home/ana/.rbenv/versions/3.3....0/gems/rspec-core-3/exe/rspec",
                "/usr/local/bundle/gems/rake-13...ake/lib/rake/rake_test_loader.rb",
                "spring app    | shop | started 3 secs ago | test mode",
                "pytest",
                "/app/.venv/bin/pytest",
                "/app/.venv/lib/python3.13/site-packages/pytest/__main__.py",
                "jest",
                "jest-worker-3",
                "vitest",
                "node (vitest 2)",
                "phpunit",
                "vendor/bin/phpunit",
                "Gradle Test Executor 17",
                "worker.org.gradle.process.internal.worker.GradleWorkerMain 'Gradle Test Executor 1'",
                "/app/target/surefire/surefirebooter-20260101010101010_3.jar",
                "testhost",
                "/tmp/go-build4081723/b001/shop.test",
                "Testcontainers",
                "github-actions",
                "GitHub Actions 42",
                "gitlab-runner",
                "jenkins",
                "PYTEST"
            })
    void whatTestToolsAndRunnersCallThemselvesIsCi(String application) {
        assertThat(wellKnown.recognise(Callers.with(application))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "psql",
                "pgAdmin 4 - DB:shop",
                "DBeaver 25.1.0 - Main <shop>",
                "DataGrip 2026.1",
                "PostgreSQL JDBC Driver",
                "bin/rails",
                "puma: cluster worker 0: 12 [shop]",
                "sidekiq 7.3.0 shop [0 of 10 busy]",
                "spring app    | shop | started 3 secs ago | development mode",
                "latest_test",
                "test",
                "contest-api",
                "shop.test",
                "attest",
                "production",
                "travis",
                "pytester",
                "jester",
                "rspecial",
                "respect",
                "jenkinson",
                "Flyway by Redgate",
                "pg_dump",
                "protestant/rspecs"
            })
    void whatPeopleAndServicesUseIsNot(String application) {
        assertThat(wellKnown.recognise(Callers.with(application))).isNull();
    }

    @Test
    void aClientThatSaysSoIsBelieved() {
        assertThat(new CiRules(config(false)).recognise(Callers.caller("ana", "10.1.2.3", "psql", true)))
                .isEqualTo(new Recognition(
                        "startup option", Recognition.Basis.DECLARED, "startup option holdfast.origin=ci"));
    }

    @Test
    void theGuardOfCommandsSpeaksForAJobWhateverTheNamesAre() {
        assertThat(new CiRules(config(false)).recognise(Callers.with("holdfast ci-guard")))
                .isEqualTo(new Recognition(
                        "ci-guard", Recognition.Basis.DECLARED, "application_name \"holdfast ci-guard\""));
    }

    @Test
    void wellKnownNamesCanBeReplacedByOnesOwn() {
        CiRules rules = new CiRules(config(false, new CiRule("suite", List.of("shop-suite-*"), Set.of(), List.of())));

        assertThat(rules.recognise(Callers.with("rspec"))).isNull();
        assertThat(rules.recognise(Callers.with("Shop-Suite-12")))
                .isEqualTo(
                        new Recognition("suite", Recognition.Basis.CONFIGURED, "application_name \"Shop-Suite-12\""));
        assertThat(rules.recognise(Callers.with("my shop-suite-12"))).isNull();
    }

    @Test
    void allConditionsOfARuleMustHoldAndOneRuleSuffices() {
        CiRules rules = new CiRules(config(
                true,
                new CiRule("runners", List.of(), Set.of("builder", "deployer"), List.of(Cidr.parse("10.9.0.0/16"))),
                new CiRule("subnet", List.of(), Set.of(), List.of(Cidr.parse("fd00:9::/64")))));

        assertThat(rules.recognise(Callers.caller("builder", "10.9.1.1", "", false)))
                .isEqualTo(new Recognition(
                        "runners", Recognition.Basis.CONFIGURED, "user \"builder\", address 10.9.1.1 in 10.9.0.0/16"));
        assertThat(rules.recognise(Callers.caller("builder", "10.8.1.1", "", false)))
                .isNull();
        assertThat(rules.recognise(Callers.caller("ana", "10.9.1.1", "", false)))
                .isNull();
        assertThat(rules.recognise(Callers.caller("ana", "fd00:9::7", "", false)))
                .isNotNull();
        assertThat(rules.recognise(Callers.with("rspec"))).isNotNull();
    }

    @Test
    void aCertificateTellsWhoIsCiAndWhoHasNoneIsNotMeant() {
        CiRules rules = new CiRules(config(
                true,
                new CiRule("runners", List.of(), Set.of(), List.of(), List.of("ci-*", "/O=Example/OU=ci/*")),
                new CiRule("ana's", List.of(), Set.of("ana"), List.of(), List.of("laptop"))));

        assertThat(rules.recognise(Callers.certified("/O=Example/OU=ci/CN=7")))
                .isEqualTo(new Recognition(
                        "runners", Recognition.Basis.CONFIGURED, "certificate \"/O=Example/OU=ci/CN=7\""));
        assertThat(rules.recognise(Callers.certified("ci-7"))).isNotNull();
        assertThat(rules.recognise(Callers.certified("laptop")))
                .isEqualTo(new Recognition(
                        "ana's", Recognition.Basis.CONFIGURED, "user \"ana\", certificate \"/CN=laptop\""));
        assertThat(rules.recognise(Callers.certified("/O=Example/OU=ops/CN=ana")))
                .isNull();
        assertThat(rules.recognise(Callers.with("psql"))).isNull();
    }

    @Test
    void aPatternThatIsAllMetaCharactersMeansThemAsTheyAre() {
        CiRules rules = new CiRules(config(false, new CiRule("odd", List.of("a.b(c)*"), Set.of(), List.of())));

        assertThat(rules.recognise(Callers.with("a.b(c)"))).isNotNull();
        assertThat(rules.recognise(Callers.with("axb(c)"))).isNull();
    }

    private static CiConfig config(boolean wellKnown, CiRule... rules) {
        return new CiConfig(
                Mode.NORMAL,
                List.of(),
                wellKnown,
                List.of(rules),
                Silence.TRUST,
                null,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10));
    }
}
