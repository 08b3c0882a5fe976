package io.holdfast.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proxy.console.Times;
import io.holdfast.proxy.console.Visible;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code holdfast holds}: what waits for a decision, and what has ended. */
@Command(
        name = "holds",
        mixinStandardHelpOptions = true,
        description = "Lists the statements that wait for a decision, then those that have ended.")
public final class HoldsCommand extends ApiCommand {
    private static final int SHOWN = 80;

    /** @param environment with HOLDFAST_TOKEN, and perhaps HOLDFAST_URL */
    public HoldsCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    JsonNode ask(ApiClient client) throws IOException, InterruptedException {
        return client.get("/api/holds");
    }

    @Override
    List<String> lines(JsonNode answer) {
        return table(
                answer.path("holds"),
                List.of(
                        Column.of("id", "id"),
                        new Column("state", HoldsCommand::state),
                        new Column("approvals", HoldsCommand::approvals),
                        Column.of("user", "user"),
                        Column.of("person", "person"),
                        Column.of("database", "database"),
                        Column.of("application", "application"),
                        Column.of("address", "address"),
                        new Column("expires in", HoldsCommand::remaining),
                        new Column("statement", HoldsCommand::statement)));
    }

    private static String state(JsonNode hold) {
        String state = Visible.name(hold.path("state").asText());
        JsonNode waited = hold.path("locks").path("waited_seconds");
        return waited.isMissingNode()
                ? state
                : state + ", waits for a lock for " + Times.text(Duration.ofSeconds(waited.asLong()));
    }

    static String approvals(JsonNode hold) {
        return hold.path("approvals").asInt() + " of "
                + hold.path("approvals_needed").asInt();
    }

    private static String remaining(JsonNode hold) {
        if (!hold.has("remaining_seconds")) {
            return "";
        }
        long seconds = hold.path("remaining_seconds").asLong();
        return seconds / 60 + "m " + seconds % 60 + 's';
    }

    private static String statement(JsonNode hold) {
        String text = Visible.text(hold.path("text").asText().replaceAll("\\s+", " "));
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "... (" + text.length() + " characters)";
    }
}
