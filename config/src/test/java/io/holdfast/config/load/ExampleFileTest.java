package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.CiConfig;
import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.HostPort;
import io.holdfast.config.Notify;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code deploy/holdfast.yaml}, which is the reference of all keys. */
class ExampleFileTest {
    private static final Path FOLDER = Path.of(System.getProperty("holdfast.root", ".."), "deploy");
    private static final Path FILE = FOLDER.resolve("holdfast.yaml");
    private static final Map<String, String> ENVIRONMENT = Map.of("HOLDFAST_PASSWORD", "secret");

    /** Keys that are commented out because the file shows their default. */
    private static final Pattern DEFAULT =
            Pattern.compile("(?m)^( *)# ( *(?:listen|database|auth-query|max-lag|fallback|poll-interval"
                    + "|connect-timeout|preset|approvals|timeout|client-wait|grant-ttl|break-glass|count-rows|lock-alarm|in-transaction-wait|notice-interval|postgres|audit|file|rotate-at"
                    + "|control-store|admin|limits|max-clients|handshake-timeout|inspect-bytes):(?: .*)?)$");

    @Test
    void itLoads() {
        HoldfastConfig config = config(ConfigLoader.load(FILE, ENVIRONMENT));

        assertThat(config.protect().rules()).hasSize(5);
        assertThat(config.people()).hasSize(3);
        assertThat(config.upstream().account().password()).isEqualTo("secret");
    }

    @Test
    void theDefaultsItShowsAreTheDefaults() throws IOException {
        String example = Files.readString(FILE);
        Matcher defaults = DEFAULT.matcher(example);

        assertThat(defaults.results()).hasSize(29);
        assertThat(config(ConfigLoader.load(defaults.replaceAll("$1$2"), "t.yaml", FOLDER, ENVIRONMENT)))
                .isEqualTo(config(ConfigLoader.load(example, "t.yaml", FOLDER, ENVIRONMENT)));
    }

    @Test
    void whoIsToldAsItShowsItLoads() throws IOException {
        String example = Files.readString(FILE);
        String section = example.substring(example.indexOf("# notify:"), example.indexOf("# JSON lines, appended to."))
                .replaceAll("(?m)^# ?", "");
        Map<String, String> environment = Map.of(
                "HOLDFAST_PASSWORD", "secret",
                "SLACK_WEBHOOK", "https://hooks.slack.com/services/T0/B0/x",
                "SLACK_SIGNING_SECRET", "secret",
                "HOLDFAST_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        Notify notify = config(ConfigLoader.load(example + section, "t.yaml", FOLDER, environment))
                .notifications();

        assertThat(notify.publicUrl()).isEqualTo("https://holdfast.example.com");
        assertThat(notify.slack()).isNotNull();
        assertThat(notify.webhook()).isNotNull();
    }

    @Test
    void whoIsCiAsItShowsItLoads() throws IOException {
        String example = Files.readString(FILE);
        String section = example.substring(example.indexOf("# ci:"), example.indexOf("# normal, or local-only"))
                .replaceAll("(?m)^# ?", "");

        CiConfig ci = config(ConfigLoader.load(example + section, "t.yaml", FOLDER, ENVIRONMENT))
                .ci();

        assertThat(ci.rules()).hasSize(2);
        assertThat(new CiConfig(
                        ci.mode(),
                        ci.localNetworks(),
                        ci.wellKnown(),
                        List.of(),
                        ci.silence(),
                        null,
                        ci.environmentRefresh(),
                        ci.announceAgain()))
                .isEqualTo(CiConfig.DEFAULT);
    }

    @Test
    void theExampleForCiJobsLoadsWithAndWithoutVariables() {
        Path file = FOLDER.resolve("ci-local.yaml");

        assertThat(config(ConfigLoader.load(file, Map.of())).ci().isLocalOnly()).isTrue();
        assertThat(config(ConfigLoader.load(file, Map.of("HOLDFAST_CI_DATABASE", "db:5433")))
                        .upstream()
                        .hosts())
                .containsExactly(new HostPort("db", 5433));
    }
}
