package io.holdfast.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proxy.console.Visible;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast break-glass}: releases a hold alone, in an emergency. */
@Command(
        name = "break-glass",
        mixinStandardHelpOptions = true,
        description = "Releases a held statement alone, in the name of the token's person, who must be configured with"
                + " break-glass: true. Everybody is told.")
public final class BreakGlassCommand extends ApiCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "Such as H-7K2M.")
    private String id = "";

    @Parameters(
            index = "1",
            paramLabel = "REASON",
            description = "Goes to the client, to everybody and the audit; in quotes.")
    private String reason = "";

    /** @param environment with HOLDFAST_TOKEN, and perhaps HOLDFAST_URL */
    public BreakGlassCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    JsonNode ask(ApiClient client) throws IOException, InterruptedException {
        return client.decide("/api/holds/" + segment(id) + "/break-glass", reason);
    }

    @Override
    List<String> lines(JsonNode hold) {
        return List.of(Visible.name(hold.path("id").asText()) + ": glass broken, "
                + Visible.name(hold.path("state").asText()) + "; everybody is told");
    }
}
