package io.holdfast.proxy.notify;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * Signs as Standard Webhooks has it, for which receivers find libraries.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">The specification</a>
 */
final class WebhookSignature {
    private static final String PREFIX = "whsec_";

    private final byte[] key;

    /** @param secret {@code whsec_} and the key in base64 */
    WebhookSignature(String secret) {
        key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    }

    /**
     * The headers that go with a body.
     *
     * @param id the same whenever the same is sent again
     * @param at of sending
     */
    Map<String, String> headers(String id, Instant at, String body) {
        long seconds = at.getEpochSecond();
        byte[] signed = (id + '.' + seconds + '.' + body).getBytes(StandardCharsets.UTF_8);
        String signature = Base64.getEncoder().encodeToString(Hmac.sha256(key, signed));
        return Map.of(
                "webhook-id", id, "webhook-timestamp", String.valueOf(seconds), "webhook-signature", "v1," + signature);
    }
}
