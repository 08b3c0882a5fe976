package io.holdfast.proxy.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Slack checks before it takes a message: its documented limits, and the one it keeps to itself. */
public final class SlackRules {
    private static final int ALL_CHARS = 12_000;

    private final List<String> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private int chars;

    private SlackRules() {}

    /** Empty: Slack takes it. */
    public static List<String> problems(JsonNode message) {
        SlackRules rules = new SlackRules();
        rules.message(message);
        return rules.problems;
    }

    private void message(JsonNode message) {
        JsonNode blocks = message.path("blocks");
        require(message.path("text").isTextual(), "no text");
        require(message.path("text").asText().length() <= 4_000, "text too long");
        require(blocks.isMissingNode() || blocks.isArray(), "blocks: no array");
        require(blocks.size() <= 50, "more than 50 blocks");
        blocks.forEach(this::block);
        require(chars <= ALL_CHARS, "msg_blocks_too_long: " + chars);
    }

    private void block(JsonNode block) {
        switch (block.path("type").asText()) {
            case "header" -> text(block.path("text"), 150, false);
            case "section" -> section(block);
            case "context" -> {
                require(
                        !block.path("elements").isEmpty()
                                && block.path("elements").size() <= 10,
                        "context: elements");
                block.path("elements").forEach(text -> text(text, 3_000, true));
            }
            case "actions" -> {
                require(
                        !block.path("elements").isEmpty()
                                && block.path("elements").size() <= 25,
                        "actions: elements");
                block.path("elements").forEach(this::button);
            }
            case "input" -> input(block);
            default -> problems.add("block type: " + block.path("type"));
        }
        JsonNode id = block.path("block_id");
        require(id.isMissingNode() || (id.asText().length() <= 255 && ids.add(id.asText())), "block_id: " + id);
    }

    private void section(JsonNode block) {
        require(block.has("text") || block.has("fields"), "section: neither text nor fields");
        if (block.has("text")) {
            text(block.path("text"), 3_000, true);
        }
        require(block.path("fields").size() <= 10, "more than 10 fields");
        block.path("fields").forEach(field -> text(field, 2_000, true));
        if (block.has("accessory")) {
            button(block.path("accessory"));
        }
    }

    private void input(JsonNode block) {
        text(block.path("label"), 2_000, false);
        JsonNode element = block.path("element");
        require(element.path("type").asText().equals("plain_text_input"), "input: " + element.path("type"));
        require(
                element.path("max_length").asInt(1) >= 1
                        && element.path("max_length").asInt(1) <= 3_000,
                "max_length");
        actionId(element);
    }

    private void button(JsonNode button) {
        require(button.path("type").asText().equals("button"), "element type: " + button.path("type"));
        text(button.path("text"), 75, false);
        require(button.path("value").asText().length() <= 2_000, "button value");
        require(Set.of("", "primary", "danger").contains(button.path("style").asText("")), "style");
        actionId(button);
        JsonNode confirm = button.path("confirm");
        if (!confirm.isMissingNode()) {
            text(confirm.path("title"), 100, false);
            text(confirm.path("text"), 300, true);
            text(confirm.path("confirm"), 30, false);
            text(confirm.path("deny"), 30, false);
        }
    }

    private void actionId(JsonNode element) {
        String id = element.path("action_id").asText("");
        require(!id.isEmpty() && id.length() <= 255, "action_id: '" + id + "'");
    }

    private void text(JsonNode text, int most, boolean markup) {
        String type = text.path("type").asText("");
        require(type.equals("plain_text") || (markup && type.equals("mrkdwn")), "text type: '" + type + "'");
        int length = text.path("text").asText("").length();
        require(length >= 1 && length <= most, "text of " + length + " chars, at most " + most);
        chars += length;
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            problems.add(otherwise);
        }
    }
}
