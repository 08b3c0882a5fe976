package io.holdfast.proxy.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Slack means by an answer that HTTP calls a success: {@code ok} from a webhook, {@code {"ok":false,...}} from the Web API. Pure.
 *
 * @see <a href="https://docs.slack.dev/apis/web-api/">Web API</a>
 */
final class SlackAnswers {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Errors of the Web API that pass. */
    private static final Set<String> PASSING = Set.of(
            "ratelimited", "rate_limited", "internal_error", "fatal_error", "request_timeout", "service_unavailable");

    private SlackAnswers() {}

    static Answer read(Answer answer) {
        if (!(answer instanceof Answer.Taken taken)) {
            return answer;
        }
        JsonNode json = json(taken.body());
        if (!json.isObject() || json.path("ok").asBoolean(true)) {
            return taken;
        }
        String error = json.path("error").asText("unknown error");
        return PASSING.contains(error) ? new Answer.Later(null, error) : new Answer.Never(Answer.shown(error));
    }

    /** Slack's name of the message that was posted; null: it does not say. */
    static @Nullable String ts(Answer.Taken taken) {
        return json(taken.body()).path("ts").textValue();
    }

    private static JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode(); // a webhook says ok without quotes
        }
    }
}
