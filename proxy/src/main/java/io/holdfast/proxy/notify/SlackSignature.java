package io.holdfast.proxy.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Whether Slack has sent a request. The SDK's own check is not used: it compares texts, which takes longer the more of a guess is right,
 * and it wants the body as text.
 *
 * @see <a href="https://docs.slack.dev/authentication/verifying-requests-from-slack">Verifying requests from Slack</a>
 */
final class SlackSignature {
    private static final String VERSION = "v0";

    private final byte[] key;

    /** @param signingSecret of the Slack app, not empty */
    SlackSignature(String signingSecret) {
        key = signingSecret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Compares in constant time.
     *
     * @param timestamp as in the header
     * @param body as it came
     * @param signature as in the header
     */
    boolean isValid(String timestamp, byte[] body, String signature) {
        byte[] expected = of(timestamp, body).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
    }

    private String of(String timestamp, byte[] body) {
        byte[] prefix = (VERSION + ':' + timestamp + ':').getBytes(StandardCharsets.UTF_8);
        return VERSION + '=' + HexFormat.of().formatHex(Hmac.sha256(key, prefix, body));
    }
}
