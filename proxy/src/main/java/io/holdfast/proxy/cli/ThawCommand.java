package io.holdfast.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proxy.console.Visible;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast thaw}: lets writes go on. */
@Command(
        name = "thaw",
        mixinStandardHelpOptions = true,
        description = "Lets writes go on, once two persons have asked for it.")
public final class ThawCommand extends ApiCommand {
    @Option(names = "--database", paramLabel = "NAME", description = "As it was frozen; default: everywhere.")
    private @Nullable String database;

    /** @param environment with HOLDFAST_TOKEN, and perhaps HOLDFAST_URL */
    public ThawCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    JsonNode ask(ApiClient client) throws IOException, InterruptedException {
        return client.post("/api/thaw", json -> json.put("database", database));
    }

    @Override
    List<String> lines(JsonNode freeze) {
        String state = Visible.name(freeze.path("state").asText());
        String more = state.equals("frozen") ? ", another person must ask for the thaw, too" : "";
        return List.of(FrozenCommand.scope(freeze) + ": " + state + more);
    }
}
