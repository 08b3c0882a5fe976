package io.holdfast.loadtest.report;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A result as a page for people. */
public final class Markdown {
    private Markdown() {}

    /** The whole page: what was asked, the table, and where it was measured. */
    public static String page(Result result) {
        StringBuilder page = new StringBuilder();
        page.append("# ").append(result.name()).append("\n\n");
        page.append(result.question()).append("\n\n");
        page.append(table(result)).append('\n');
        result.notes().forEach(note -> page.append("- ").append(note).append('\n'));
        if (!result.notes().isEmpty()) {
            page.append('\n');
        }
        page.append(values("Settings", result.settings()));
        page.append(values("Measured", result.environment()));
        return page.toString();
    }

    /** Medians over the rounds; a cell is empty where the target does not have the quantity. */
    public static String table(Result result) {
        StringBuilder table = new StringBuilder();
        table.append(line(Stream.concat(
                result.labels().stream(), result.metrics().stream().map(Metric::heading))));
        table.append(line(Stream.concat(
                result.labels().stream().map(_ -> "---"),
                result.metrics().stream().map(_ -> "---:"))));
        for (Row row : result.rows()) {
            table.append(line(Stream.concat(
                    row.labels().stream().map(Markdown::cell),
                    result.metrics().stream().map(metric -> number(row.median(metric), metric.digits())))));
        }
        return table.toString();
    }

    private static String line(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String number(OptionalDouble value, int digits) {
        return value.isEmpty() ? "" : String.format(Locale.ROOT, "%." + digits + "f", value.getAsDouble());
    }

    private static String values(String heading, Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + ' ' + entry.getValue())
                .collect(Collectors.joining("; ", heading + ": ", ".\n"));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
