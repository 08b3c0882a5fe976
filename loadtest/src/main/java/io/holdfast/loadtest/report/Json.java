package io.holdfast.loadtest.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/** A result for programs: the medians, and every round behind them. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** One object, indented. */
    public static String of(Result result) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("scenario", result.name());
        root.put("question", result.question());
        root.set("environment", MAPPER.valueToTree(result.environment()));
        root.set("settings", MAPPER.valueToTree(result.settings()));
        var rows = root.putArray("rows");
        for (Row row : result.rows()) {
            rows.add(row(result, row));
        }
        root.set("notes", MAPPER.valueToTree(result.notes()));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + '\n';
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e); // a tree of texts and numbers can always be written
        }
    }

    private static ObjectNode row(Result result, Row row) {
        ObjectNode node = MAPPER.createObjectNode();
        for (int i = 0; i < result.labels().size(); i++) {
            node.put(result.labels().get(i), row.labels().get(i));
        }
        ObjectNode median = node.putObject("median");
        for (Metric metric : result.metrics()) {
            row.median(metric).ifPresent(value -> median.put(metric.key(), value));
        }
        var rounds = node.putArray("rounds");
        row.rounds().forEach(round -> {
            ObjectNode one = rounds.addObject();
            for (Metric metric : result.metrics()) {
                Double value = round.get(metric);
                if (value != null) {
                    one.put(metric.key(), value);
                }
            }
        });
        return node;
    }
}
