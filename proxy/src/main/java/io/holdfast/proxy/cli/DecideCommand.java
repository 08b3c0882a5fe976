package io.holdfast.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.console.Visible;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says yes or no to one hold or several, or ends what runs of one, in the name of the token's person. */
public abstract sealed class DecideCommand extends ApiCommand {
    private final String verb;

    @Parameters(
            arity = "1..*",
            paramLabel = "ID... [REASON]",
            description =
                    "One or several holds, such as H-7K2M, then a reason in quotes, which goes to the client and the audit.")
    private List<String> words = List.of();

    private DecideCommand(String verb, Map<String, String> environment) {
        super(environment);
        this.verb = verb;
    }

    /** {@code holdfast approve}. */
    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = "Lets held statements run, once enough persons have said so.")
    public static final class Approve extends DecideCommand {
        /** @param environment with HOLDFAST_TOKEN, and perhaps HOLDFAST_URL */
        public Approve(Map<String, String> environment) {
            super("approve", environment);
        }
    }

    /** {@code holdfast deny}. */
    @Command(
            name = "deny",
            mixinStandardHelpOptions = true,
            description = "Ends held statements; one denial is enough.")
    public static final class Deny extends DecideCommand {
        /** @param environment with HOLDFAST_TOKEN, and perhaps HOLDFAST_URL */
        public Deny(Map<String, String> environment) {
            super("deny", environment);
        }
    }

    /** {@code holdfast cancel}. */
    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "Ends a released statement that still runs, such as one that waits for a lock.")
    public static final class Cancel extends DecideCommand {
        /** @param environment with HOLDFAST_TOKEN, and perhaps HOLDFAST_URL */
        public Cancel(Map<String, String> environment) {
            super("cancel", environment);
        }

        @Override
        String line(JsonNode hold) {
            return Visible.name(hold.path("id").asText()) + ": "
                    + Visible.name(hold.path("state").asText()) + ", is being cancelled; its outcome tells";
        }
    }

    @Override
    final JsonNode ask(ApiClient client) throws IOException, InterruptedException {
        List<String> ids = ids();
        String reason = reason();
        return ids.size() == 1
                ? client.decide("/api/holds/" + segment(ids.getFirst()) + '/' + verb, reason)
                : client.post("/api/holds/" + verb, json -> {
                    json.put("reason", reason);
                    ids.forEach(json.putArray("ids")::add);
                });
    }

    /** The first word, and those behind it up to the reason; commas between them are no harm. */
    private List<String> ids() {
        List<String> named = hasReason() ? words.subList(0, words.size() - 1) : words;
        return named.stream()
                .flatMap(word -> Stream.of(word.split(",")))
                .filter(id -> !id.isBlank())
                .map(String::strip)
                .toList();
    }

    private @Nullable String reason() {
        return hasReason() ? words.getLast() : null;
    }

    /** The last word is one unless it can be nothing but ids. */
    private boolean hasReason() {
        return words.size() > 1
                && !Stream.of(words.getLast().split(","))
                        .allMatch(word -> HoldId.parse(word.strip()).isPresent());
    }

    @Override
    final List<String> lines(JsonNode answer) {
        if (!answer.has("answers")) {
            return List.of(line(answer));
        }
        List<String> lines = new ArrayList<>();
        for (JsonNode one : answer.path("answers")) {
            lines.add(
                    one.path("counted").asBoolean()
                            ? line(one)
                            : Visible.name(one.path("id").asText()) + ": not counted: "
                                    + Visible.name(one.path("error").asText()));
        }
        return lines;
    }

    String line(JsonNode hold) {
        return Visible.name(hold.path("id").asText()) + ": "
                + Visible.name(hold.path("state").asText()) + ", " + HoldsCommand.approvals(hold) + " approvals";
    }

    @Override
    final boolean isDone(JsonNode answer) {
        for (JsonNode one : answer.path("answers")) {
            if (!one.path("counted").asBoolean()) {
                return false;
            }
        }
        return true;
    }
}
