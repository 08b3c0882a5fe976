package io.holdfast.proxy.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClickTest {
    private static final String PAYLOAD = """
            {"type":"block_actions","user":{"id":"U0CY","username":"cy"},"container":{"message_ts":"17.5"},
             "state":{"values":{"holdfast_reason":{"reason":{"type":"plain_text_input","value":" looked at it "}}}},
             "response_url":"https://hooks.slack.com/actions/T0/1/x",
             "actions":[{"type":"button","action_id":"holdfast_deny","value":"H-7K2M@1700000000000"}]}""";

    @Test
    void aClickSaysWhoWhatAndWhy() {
        Click click = read(PAYLOAD).orElseThrow();

        assertThat(click.slackUser()).isEqualTo("U0CY");
        assertThat(click.action()).isEqualTo(Actions.DENY);
        assertThat(click.value().text()).isEqualTo("H-7K2M@1700000000000");
        assertThat(click.reason()).isEqualTo("looked at it");
        assertThat(click.responseUrl()).hasToString("https://hooks.slack.com/actions/T0/1/x");
        assertThat(click.ts()).isEqualTo("17.5");
    }

    @Test
    void aBlankReasonIsNone() {
        assertThat(read(PAYLOAD.replace(" looked at it ", "  ")).orElseThrow().reason())
                .isNull();
        assertThat(read(PAYLOAD.replace("\" looked at it \"", "null"))
                        .orElseThrow()
                        .reason())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"type\":\"view_submission\"}",
                "{\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},\"actions\":[]}",
                "{\"type\":\"block_actions\",\"actions\":[{\"value\":\"H-7K2M@1\"}]}",
                "{\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},\"actions\":[{\"value\":\"H-7K2M\"}]}",
                "{\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},\"actions\":[{\"value\":\"x@1\"}]}"
            })
    void whatIsNoClickOfOursIsNone(String payload) {
        assertThat(read(payload)).isEmpty();
    }

    @Test
    void bytesThatAreNoFormAreNone() {
        assertThat(Click.read(new byte[] {(byte) 0xff, '%', 0})).isEmpty();
        assertThat(Click.read("payload=%zz".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    @Test
    void onlySlackIsAnswered() {
        SlackHosts hosts = new SlackHosts(URI.create("http://127.0.0.1:81/x"));

        for (String good : new String[] {
            "https://hooks.slack.com/a", "https://slack.com/b", "https://hooks.slack-gov.com/c", "http://127.0.0.1:81/d"
        }) {
            assertThat(hosts.mayBeAnswered(URI.create(good))).as(good).isTrue();
        }
        for (String bad : new String[] {
            "http://hooks.slack.com/a",
            "https://hooks.slack.com:8443/a",
            "https://evilslack.com/b",
            "https://slack.com.evil.example/c",
            "https://slack.com@evil.example/",
            "http://127.0.0.1:82/d",
            "https://169.254.169.254/",
            "file:///etc/passwd",
            "relative"
        }) {
            assertThat(hosts.mayBeAnswered(URI.create(bad))).as(bad).isFalse();
        }
    }

    private static Optional<Click> read(String payload) {
        String form = "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
        return Click.read(form.getBytes(StandardCharsets.UTF_8));
    }
}
