package io.holdfast.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proxy.console.Visible;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that ask a running proxy have in common. */
abstract class ApiCommand implements Callable<Integer> {
    private static final int REFUSED = 1;

    private final Map<String, String> environment;

    @Mixin
    private ApiOptions options = new ApiOptions();

    @Option(names = "--json", description = "Prints the proxy's answer as it is.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    ApiCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** 0: done; 1: refused, or no answer; 2: wrong usage. */
    @Override
    public final Integer call() throws InterruptedException {
        CommandLine line = Objects.requireNonNull(spec, "run by picocli").commandLine();
        try (ApiClient client = options.client(environment)) {
            JsonNode answer = ask(client);
            PrintWriter out = line.getOut();
            if (json) {
                out.println(answer.toPrettyString());
            } else {
                lines(answer).forEach(out::println);
            }
            return isDone(answer) ? CommandLine.ExitCode.OK : REFUSED;
        } catch (IOException e) {
            line.getErr().println("holdfast " + line.getCommandName() + ": " + e.getMessage());
            return REFUSED;
        }
    }

    abstract JsonNode ask(ApiClient client) throws IOException, InterruptedException;

    /** The answer for people. */
    abstract List<String> lines(JsonNode answer);

    /** Whether all that was asked for was done. */
    boolean isDone(JsonNode answer) {
        return true;
    }

    /** The part of a path that is a hold's id as somebody typed it. */
    static String segment(String id) {
        return id.replaceAll("[^A-Za-z0-9-]", "_");
    }

    /** Objects as rows. */
    static List<String> table(JsonNode objects, List<Column> columns) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode object : objects) {
            rows.add(columns.stream().map(column -> column.of(object)).toList());
        }
        return TextTable.lines(columns.stream().map(Column::heading).toList(), rows);
    }

    /** One of a table. */
    record Column(String heading, Function<JsonNode, String> value) {
        /** A field with a text that is a name, or that nobody need read to the end. */
        static Column of(String heading, String field) {
            return new Column(heading, object -> Visible.name(object.path(field).asText("")));
        }

        String of(JsonNode object) {
            return value.apply(object);
        }
    }
}
