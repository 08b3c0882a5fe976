package io.holdfast.proxy.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Clicks in messages of {@link FakeSlack}, and sends what Slack sends then. */
public final class SlackClicker implements AutoCloseable {
    public static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeSlack slack;
    private final URI interactions;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param adminPort of the proxy */
    public SlackClicker(FakeSlack slack, int adminPort) {
        this.slack = slack;
        this.interactions = URI.create("http://127.0.0.1:" + adminPort + "/slack/interactions");
    }

    /** A click, signed as Slack does; gives the status of the proxy's answer. */
    public int click(FakeSlack.Message message, String action, String user, @Nullable String reason)
            throws IOException, InterruptedException {
        return click(message, action, message.value(action, ""), user, reason);
    }

    /** The same on one of several buttons. */
    public int click(FakeSlack.Message message, String action, String value, String user, @Nullable String reason)
            throws IOException, InterruptedException {
        String body = body(message, action, value, user, reason);
        String timestamp = String.valueOf(Instant.now().getEpochSecond());
        return send(body, timestamp, signature(SIGNING_SECRET, timestamp, body));
    }

    /** What Slack sends when a button is clicked: a form with JSON in it. */
    public String body(FakeSlack.Message message, String action, String value, String user, @Nullable String reason) {
        ObjectNode json = JSON.createObjectNode().put("type", "block_actions");
        json.putObject("user").put("id", user).put("username", "someone");
        json.putObject("container").put("type", "message").put("message_ts", message.ts());
        json.putObject("channel").put("id", FakeSlack.CHANNEL);
        json.set("message", message.json());
        json.putObject("state")
                .putObject("values")
                .putObject("holdfast_reason")
                .putObject("reason")
                .put("type", "plain_text_input")
                .put("value", reason);
        json.put("response_url", slack.responseUrl(message.ts()));
        json.putArray("actions")
                .addObject()
                .put("type", "button")
                .put("action_id", action)
                .put("value", value);
        return "payload=" + URLEncoder.encode(json.toString(), StandardCharsets.UTF_8);
    }

    /** Any request, with these headers; null: without. */
    public int send(String body, @Nullable String timestamp, @Nullable String signature)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(interactions)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
        if (timestamp != null) {
            request.header("X-Slack-Request-Timestamp", timestamp);
        }
        if (signature != null) {
            request.header("X-Slack-Signature", signature);
        }
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    /** Header {@code X-Slack-Signature}. */
    public static String signature(String secret, String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signed = ("v0:" + timestamp + ':' + body).getBytes(StandardCharsets.UTF_8);
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
