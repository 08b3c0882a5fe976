package io.holdfast.proxy.notify;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.slack.api.model.block.LayoutBlock;
import java.util.List;
import java.util.Map;

/**
 * What is shown in Slack.
 *
 * @param text for notifications and where blocks cannot be shown; escaped
 * @param blocks at most 50
 */
record SlackMessage(String text, List<LayoutBlock> blocks) {
    /** As Slack's own SDK names fields. */
    private static final Gson GSON = new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .disableHtmlEscaping()
            .create();

    SlackMessage {
        blocks = List.copyOf(blocks);
    }

    /** Without blocks. */
    SlackMessage(String text) {
        this(text, List.of());
    }

    /**
     * The body of a request.
     *
     * @param more fields that say where it goes and what it replaces: text or boolean
     */
    String json(Map<String, Object> more) {
        JsonObject json = new JsonObject();
        json.addProperty("text", text);
        if (!blocks.isEmpty()) {
            json.add("blocks", GSON.toJsonTree(blocks));
        }
        json.addProperty("unfurl_links", false);
        json.addProperty("unfurl_media", false);
        more.forEach((name, value) -> json.add(name, GSON.toJsonTree(value)));
        return GSON.toJson(json);
    }
}
