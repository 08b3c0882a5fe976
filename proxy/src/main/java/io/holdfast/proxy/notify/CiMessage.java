package io.holdfast.proxy.notify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.ci.Announcement;
import io.holdfast.proxy.ci.Caller;
import io.holdfast.proxy.error.ErrorReport;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A CI job that was turned away, for Slack and for webhooks. Pure. */
final class CiMessage {
    private static final ObjectMapper MAPPER = new ObjectMapper(
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

    private CiMessage() {}

    static SlackMessage slack(Announcement announcement) {
        Caller caller = announcement.first().caller();
        String who = announcement.first().recognition() == null ? "A connection" : "CI";
        String title = who + " was kept away from database " + SlackText.name(caller.database());
        List<String> lines = new ArrayList<>();
        lines.add(title + (announcement.over() ? " " + announcement.count() + " times." : "."));
        lines.add("User " + SlackText.name(caller.user()) + " from "
                + SlackText.name(caller.address().getAddress().getHostAddress()) + " with "
                + SlackText.name(caller.application()));
        if (announcement.over()) {
            lines.add("It went on for " + announcement.lasted().toSeconds() + " seconds and has stopped.");
        } else {
            ErrorReport report = announcement.first().objection().report();
            lines.add(SlackText.words(report.message(), Kit.FIELD_CHARS / 2));
            if (report.detail() != null) {
                lines.add(SlackText.words(report.detail(), Kit.FIELD_CHARS / 2));
            }
        }
        return new SlackMessage(title, List.of(Kit.section(String.join("\n", lines))));
    }

    /** @param at when it was announced */
    static String json(Announcement announcement, Instant at) {
        Caller caller = announcement.first().caller();
        ErrorReport report = announcement.first().objection().report();
        ObjectNode json = MAPPER.createObjectNode()
                .put("type", announcement.over() ? "ci.ended" : "ci.refused")
                .put("timestamp", at.toString());
        json.putObject("data")
                .put("database", caller.database())
                .put("user", caller.user())
                .put("person", caller.person())
                .put("address", caller.address().getAddress().getHostAddress())
                .put("application", caller.application())
                .put(
                        "certificate",
                        caller.certificate() == null
                                ? null
                                : caller.certificate().name())
                .put("cause", announcement.first().objection().cause().label())
                .put("rule", announcement.first().objection().rule())
                .put("message", report.message())
                .put("detail", report.detail())
                .put("count", announcement.count())
                .put("seconds", announcement.lasted().toSeconds());
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
