package io.holdfast.proxy.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** With the example of Slack's documentation on verifying requests. */
class SlackSignatureTest {
    static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    static final String TIMESTAMP = "1531420618";
    static final String SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    static final byte[] BODY = ("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
                    + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
                    + "&command=%2Fwebhook-collect&text="
                    + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                    + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c")
            .getBytes(StandardCharsets.US_ASCII);

    private final SlackSignature slack = new SlackSignature(SECRET);

    @Test
    void slacksOwnExampleIsValid() {
        assertThat(slack.isValid(TIMESTAMP, BODY, SIGNATURE)).isTrue();
    }

    @Test
    void whateverIsChangedIsNot() {
        byte[] other = BODY.clone();
        other[0]++;

        assertThat(slack.isValid(TIMESTAMP, other, SIGNATURE)).isFalse();
        assertThat(slack.isValid("1531420619", BODY, SIGNATURE)).isFalse();
        assertThat(slack.isValid(TIMESTAMP, BODY, SIGNATURE.replace('a', 'b'))).isFalse();
        assertThat(slack.isValid(TIMESTAMP, BODY, SIGNATURE.substring(3))).isFalse();
        assertThat(slack.isValid(TIMESTAMP, BODY, "")).isFalse();
        assertThat(new SlackSignature("another").isValid(TIMESTAMP, BODY, SIGNATURE))
                .isFalse();
    }
}
