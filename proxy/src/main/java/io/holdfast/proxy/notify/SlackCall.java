package io.holdfast.proxy.notify;

import io.holdfast.config.Notify.Way;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Requests to Slack that carry a message, whichever way there is. */
final class SlackCall {
    private SlackCall() {}

    /**
     * A new message in the channel.
     *
     * @param more fields of the request, such as thread_ts
     */
    static Post post(Way way, SlackMessage message, Map<String, Object> more) {
        return switch (way) {
            case Way.IncomingWebhook(var url) -> new Post(url, message.json(more));
            case Way.Bot bot -> api(bot, "chat.postMessage", message, more);
        };
    }

    /** A method of Slack's API that takes a message. */
    static Post api(Way.Bot bot, String method, SlackMessage message, Map<String, Object> more) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.put("channel", bot.channel());
        return new Post(
                URI.create(bot.api() + "/" + method),
                Map.of("Authorization", "Bearer " + bot.token()),
                message.json(fields));
    }
}
