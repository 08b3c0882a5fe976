package io.holdfast.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast show}: everything about one hold. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows a held statement: who asks, its text and values, what it does, decisions and outcome.")
public final class ShowCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Such as H-7K2M.")
    private String id = "";

    /** @param environment with HOLDFAST_TOKEN, and perhaps HOLDFAST_URL */
    public ShowCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    JsonNode ask(ApiClient client) throws IOException, InterruptedException {
        return client.get("/api/holds/" + segment(id));
    }

    /** The proxy has made the values safe to look at. */
    @Override
    List<String> lines(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        int width = 0;
        for (JsonNode row : answer.path("sheet")) {
            width = Math.max(width, row.path("field").asText().length());
        }
        for (JsonNode row : answer.path("sheet")) {
            String field = row.path("field").asText();
            lines.add(field + " ".repeat(width - field.length()) + " | "
                    + row.path("value").asText(""));
        }
        return lines;
    }
}
