package io.holdfast.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proxy.console.Visible;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says yes or no to one hold, or ends what runs of it, in the name of the token's person. */
public abstract sealed class DecideCommand extends ApiCommand {
    private final String verb;

    @Parameters(index = "0", paramLabel = "ID", description = "Such as H-7K2M.")
    private String id = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "REASON",
            description = "Goes to the client and the audit; in quotes.")
    private @Nullable String reason;

    private DecideCommand(String verb, Map<String, String> environment) {
        super(environment);
        this.verb = verb;
    }

    /** {@code holdfast approve}. */
    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = "Lets a held statement run, once enough persons have said so.")
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
            description = "Ends a held statement; one denial is enough.")
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
        List<String> lines(JsonNode hold) {
            return List.of(Visible.name(hold.path("id").asText()) + ": "
                    + Visible.name(hold.path("state").asText()) + ", is being cancelled; its outcome tells");
        }
    }

    @Override
    final JsonNode ask(ApiClient client) throws IOException, InterruptedException {
        return client.decide("/api/holds/" + segment(id) + '/' + verb, reason);
    }

    @Override
    List<String> lines(JsonNode hold) {
        return List.of(Visible.name(hold.path("id").asText()) + ": "
                + Visible.name(hold.path("state").asText()) + ", " + HoldsCommand.approvals(hold) + " approvals");
    }
}
