package io.holdfast.proxy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the audit file says, read as an investigator would: by the text of a statement, then by its hold. */
record AuditTrail(List<JsonNode> entries) {
    AuditTrail {
        entries = List.copyOf(entries);
    }

    static AuditTrail read(Path file) throws IOException {
        var mapper = new ObjectMapper();
        var entries = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(file)) {
            entries.add(mapper.readTree(line));
        }
        return new AuditTrail(entries);
    }

    /** The hold of the last statement with exactly this text that was held. */
    Optional<String> holdOf(String text) {
        return entries.reversed().stream()
                .filter(entry -> kind(entry).equals("held")
                        && entry.path("text").asText().equals(text))
                .map(entry -> entry.path("hold").asText())
                .findFirst();
    }

    /** Everything about one hold, in order. */
    AuditTrail of(String hold) {
        return new AuditTrail(entries.stream()
                .filter(entry -> entry.path("hold").asText().equals(hold))
                .toList());
    }

    /** What happened, in order. */
    List<String> kinds() {
        return entries.stream().map(AuditTrail::kind).toList();
    }

    /** One line each, for people. */
    List<String> lines() {
        return entries.stream().map(AuditTrail::line).toList();
    }

    private static String line(JsonNode entry) {
        var line = new StringBuilder("%5d  %-9s".formatted(entry.path("seq").asLong(), kind(entry)));
        switch (kind(entry)) {
            case "held", "released" ->
                line.append(" %s (%s) from %s with %s, %s: %s"
                        .formatted(
                                entry.path("person").asText(),
                                entry.path("user").asText(),
                                entry.path("address").asText(),
                                entry.path("application").asText(),
                                entry.path("session").asText(),
                                entry.path("text").asText()));
            case "vote" -> {
                JsonNode vote = entry.path("votes").path(entry.path("votes").size() - 1);
                line.append(" %s: %s, '%s'"
                        .formatted(
                                vote.path("person").asText(),
                                vote.path("verdict").asText(),
                                vote.path("reason").asText()));
            }
            case "outcome" -> line.append(' ').append(entry.path("outcome"));
            default -> {} // the kind says it all
        }
        return line.toString();
    }

    private static String kind(JsonNode entry) {
        return entry.path("kind").asText();
    }
}
