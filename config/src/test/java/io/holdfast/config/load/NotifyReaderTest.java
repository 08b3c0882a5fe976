package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.MINIMAL;
import static io.holdfast.config.load.Loading.config;
import static io.holdfast.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Notify;
import io.holdfast.config.Notify.Way;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told of holds. */
class NotifyReaderTest {
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String CY = "people: [{ name: cy, slack: U0CY, approves: true }]\n";
    private static final String SECRETS = "signing-secret: s1gning";
    private static final String HOOK = "webhook: 'https://hooks.slack.com/services/T0/B0/x'";

    @Test
    void nobodyIsToldUnlessTheFileSaysSo() {
        assertThat(config(MINIMAL).notifications()).isEqualTo(Notify.NONE);
    }

    @Test
    void aWebhookAndASigningSecretAreEnough() {
        Notify notify = config(MINIMAL + CY + "notify: { public-url: 'https://holdfast.example.com/', slack: { " + HOOK
                        + ", " + SECRETS + " } }")
                .notifications();

        assertThat(notify)
                .isEqualTo(new Notify(
                        "https://holdfast.example.com",
                        new Notify.Slack(
                                new Way.IncomingWebhook(URI.create("https://hooks.slack.com/services/T0/B0/x")),
                                "s1gning",
                                false),
                        null));
    }

    @Test
    void aBotNeedsItsChannel() {
        Notify notify = config(MINIMAL + CY + "notify: { slack: { bot-token: xoxb-1-a, channel: C024BE91L, " + SECRETS
                        + ", mask-literals: true } }")
                .notifications();

        assertThat(notify.slack())
                .isEqualTo(new Notify.Slack(
                        new Way.Bot("xoxb-1-a", "C024BE91L", "https://slack.com/api"), "s1gning", true));
    }

    @Test
    void secretsComeFromTheEnvironmentAndAreNotPrinted() {
        String yaml = MINIMAL + CY + "notify: { slack: { webhook: '${HOOK}', signing-secret: '${SIGN}' },"
                + " webhook: { url: '${URL}', secret: '${KEY}' } }";
        Map<String, String> environment = Map.of(
                "HOOK",
                "https://hooks.slack.com/services/hunter2",
                "SIGN",
                "hunter2",
                "URL",
                "https://x.example/?token=hunter2",
                "KEY",
                KEY);
        Notify notify = config(ConfigLoader.load(yaml, "t.yaml", Path.of("/no"), environment))
                .notifications();

        assertThat(notify.webhook()).isEqualTo(new Notify.Webhook(URI.create("https://x.example/?token=hunter2"), KEY));
        assertThat(notify).asString().doesNotContain("hunter2").doesNotContain("whsec");
        assertThat(new Way.Bot("xoxb-hunter2", "C1", "https://slack.com/api"))
                .asString()
                .doesNotContain("hunter2");
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        assertThat(problems(MINIMAL
                        + "admin: off\nnotify: { public-url: ftp://x, slack: { mask-literals: maybe }, webhook: {} }"))
                .extracting(
                        problem -> problem.replaceFirst("^t.yaml:[0-9:]+ ", "").replaceFirst(" \\(expected.*", ""))
                .containsExactlyInAnyOrder(
                        "notify.public-url: not usable (not shown, it may be secret)",
                        "notify.slack: there, but admin is off",
                        "notify.slack: there, but nobody may decide in it",
                        "notify.slack.signing-secret: missing",
                        "notify.slack.webhook: missing",
                        "notify.slack.mask-literals: 'maybe'",
                        "notify.webhook.url: missing",
                        "notify.webhook.secret: missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slack: { webhook: 'http://hooks.slack.com/hunter2', signing-secret: x } | notify.slack.webhook: not usable",
                "slack: { webhook: 'https://bo:hunter2@hooks.slack.com/', signing-secret: x } | notify.slack.webhook: not usable",
                "slack: { webhook: 'https:hunter2', signing-secret: x } | notify.slack.webhook: not usable",
                "slack: { webhook: 'https://hooks.slack.com/x', signing-secret: ' ' } | notify.slack.signing-secret: not usable",
                "slack: { webhook: 'https://hooks.slack.com/x', signing-secret: x, channel: C12 } | notify.slack.channel: there without bot-token",
                "slack: { webhook: 'https://hooks.slack.com/x', bot-token: xoxb-1, channel: C12, signing-secret: x } | notify.slack.webhook: there beside bot-token",
                "slack: { bot-token: xoxp-hunter2, channel: C12, signing-secret: x } | notify.slack.bot-token: not usable",
                "slack: { bot-token: xoxb-1, signing-secret: x } | notify.slack.channel: missing",
                "slack: { bot-token: xoxb-1, channel: general, signing-secret: x } | notify.slack.channel: not usable",
                "slack: { bot-token: xoxb-1, channel: C12, api: 'http://slack.com/api', signing-secret: x } | notify.slack.api: not usable",
                "webhook: { url: 'http://example.com', secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw } | notify.webhook.url: not usable",
                "webhook: { url: 'https://example.com', secret: hunter2 } | notify.webhook.secret: not usable",
                "webhook: { url: 'https://example.com', secret: whsec_aHVudGVyMg== } | notify.webhook.secret: not usable",
                "webhook: { url: 'https://example.com', secret: [hunter2] } | notify.webhook.secret: a list",
                "public-url: 'https://holdfast.example.com/?x=1' | notify.public-url: not usable"
            })
    void whatCannotBeIsAProblemThatRepeatsNoSecret(String line, String problem) {
        List<String> problems = problems(MINIMAL + CY + "notify: { " + line + " }");

        assertThat(problems).anySatisfy(told -> assertThat(told).contains(problem));
        assertThat(problems).noneMatch(told -> told.contains("unter2"));
    }

    @Test
    void theMachineItselfIsReachedWithoutTls() {
        assertThat(config(MINIMAL + "notify: { webhook: { url: 'http://127.0.0.1:9/x', secret: " + KEY + " } }")
                        .notifications()
                        .webhook())
                .isNotNull();
    }
}
