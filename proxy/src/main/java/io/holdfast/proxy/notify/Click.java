package io.holdfast.proxy.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody has clicked a button of ours.
 *
 * @param slackUser member id
 * @param action one of {@link Actions}
 * @param value of the button
 * @param reason as typed; null: none
 * @param responseUrl where an answer may be sent; null: nowhere
 * @param ts Slack's name of the message; null: not said
 */
record Click(
        String slackUser,
        String action,
        ButtonValue value,
        @Nullable String reason,
        @Nullable URI responseUrl,
        @Nullable String ts) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FIELD = "payload=";

    /**
     * Reads the body of a request that Slack has signed: a form with JSON in it.
     *
     * @return empty: it is about something else, such as a button of another version
     * @see <a href="https://docs.slack.dev/reference/interaction-payloads/block_actions-payload">block_actions</a>
     */
    static Optional<Click> read(byte[] body) {
        try {
            return payload(new String(body, StandardCharsets.UTF_8)).flatMap(Click::of);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same, and nowhere to answer. */
    Click withoutResponseUrl() {
        return new Click(slackUser, action, value, reason, null, ts);
    }

    private static Optional<JsonNode> payload(String form) throws JsonProcessingException {
        Optional<String> field = Stream.of(form.split("&", -1))
                .filter(part -> part.startsWith(FIELD))
                .findFirst();
        return field.isEmpty()
                ? Optional.empty()
                : Optional.of(MAPPER.readTree(
                        URLDecoder.decode(field.get().substring(FIELD.length()), StandardCharsets.UTF_8)));
    }

    private static Optional<Click> of(JsonNode json) {
        JsonNode action = json.path("actions").path(0);
        String user = json.path("user").path("id").asText("");
        if (!json.path("type").asText("").equals("block_actions") || user.isEmpty()) {
            return Optional.empty();
        }
        String reason = json.path("state")
                .path("values")
                .path(Actions.REASON_BLOCK)
                .path(Actions.REASON)
                .path("value")
                .textValue();
        return ButtonValue.parse(action.path("value").asText(""))
                .map(value -> new Click(
                        user,
                        action.path("action_id").asText(""),
                        value,
                        reason == null || reason.isBlank() ? null : reason.strip(),
                        url(json.path("response_url").textValue()),
                        json.path("container").path("message_ts").textValue()));
    }

    private static @Nullable URI url(@Nullable String text) {
        return text == null || text.isEmpty() ? null : URI.create(text);
    }
}
