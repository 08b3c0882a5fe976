package io.holdfast.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proxy.console.Visible;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast freeze}: stops every write. */
@Command(
        name = "freeze",
        mixinStandardHelpOptions = true,
        description =
                "Stops every write, in the name of the token's person. Transactions that have written may finish.")
public final class FreezeCommand extends ApiCommand {
    @ArgGroup
    private Mode mode = new Mode();

    @Option(names = "--database", paramLabel = "NAME", description = "Only there; default: everywhere.")
    private @Nullable String database;

    @Parameters(paramLabel = "REASON", description = "Goes to the clients and the audit; in quotes.")
    private String reason = "";

    /** One of the two, or neither. */
    private static final class Mode {
        @Option(names = "--wait", description = "Writes wait instead of being refused.")
        private boolean wait;

        @Option(names = "--now", description = "Sessions that are writing are ended, too.")
        private boolean now;

        private String label() {
            return wait ? "wait" : now ? "now" : "refuse";
        }
    }

    /** @param environment with HOLDFAST_TOKEN, and perhaps HOLDFAST_URL */
    public FreezeCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    JsonNode ask(ApiClient client) throws IOException, InterruptedException {
        return client.post(
                "/api/freeze",
                json -> json.put("reason", reason).put("mode", mode.label()).put("database", database));
    }

    @Override
    List<String> lines(JsonNode freeze) {
        String inForce = freeze.path("mode").asText();
        return List.of(FrozenCommand.scope(freeze) + ": "
                + (inForce.equals(mode.label())
                        ? Visible.name(freeze.path("state").asText())
                        : "frozen as before (" + Visible.name(inForce) + "), another person must ask for "
                                + mode.label() + ", too"));
    }
}
