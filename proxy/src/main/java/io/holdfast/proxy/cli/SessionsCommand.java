package io.holdfast.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code holdfast sessions}: who is connected. */
@Command(name = "sessions", mixinStandardHelpOptions = true, description = "Lists the client connections.")
public final class SessionsCommand extends ApiCommand {
    /** @param environment with HOLDFAST_TOKEN, and perhaps HOLDFAST_URL */
    public SessionsCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    JsonNode ask(ApiClient client) throws IOException, InterruptedException {
        return client.get("/api/sessions");
    }

    @Override
    List<String> lines(JsonNode answer) {
        return table(
                answer.path("sessions"),
                List.of(
                        Column.of("session", "session"),
                        Column.of("user", "user"),
                        Column.of("person", "person"),
                        Column.of("database", "database"),
                        Column.of("application", "application"),
                        Column.of("address", "address"),
                        Column.of("state", "state"),
                        Column.of("connected since", "connected_since"),
                        Column.of("ci", "ci"),
                        Column.of("certificate", "certificate")));
    }
}
