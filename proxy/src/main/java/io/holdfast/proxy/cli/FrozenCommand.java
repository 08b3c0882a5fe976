package io.holdfast.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proxy.console.Visible;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;

/** {@code holdfast frozen}: what is frozen. */
@Command(name = "frozen", mixinStandardHelpOptions = true, description = "Lists what is frozen, by whom, and why.")
public final class FrozenCommand extends ApiCommand {
    /** @param environment with HOLDFAST_TOKEN, and perhaps HOLDFAST_URL */
    public FrozenCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    JsonNode ask(ApiClient client) throws IOException, InterruptedException {
        return client.get("/api/freeze");
    }

    @Override
    List<String> lines(JsonNode answer) {
        return table(
                answer.path("freezes"),
                List.of(
                        new Column("scope", FrozenCommand::scope),
                        Column.of("mode", "mode"),
                        Column.of("person", "person"),
                        Column.of("reason", "reason"),
                        Column.of("since", "since"),
                        new Column("thaw asked by", freeze -> names(freeze.path("thaw_asked_by"))),
                        new Column("milder asked by", FrozenCommand::milder)));
    }

    static String scope(JsonNode freeze) {
        JsonNode database = freeze.path("database");
        return database.isTextual() ? "database " + Visible.name(database.asText()) : "all databases";
    }

    private static String milder(JsonNode freeze) {
        String names = names(freeze.path("milder_asked_by"));
        return names.isEmpty()
                ? ""
                : names + ": " + Visible.name(freeze.path("milder_mode_asked").asText());
    }

    private static String names(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(name -> Visible.name(name.asText()))
                .collect(Collectors.joining(", "));
    }
}
