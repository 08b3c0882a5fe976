package io.holdfast.loadtest.report;

import java.util.List;
import java.util.Map;

/**
 * What a scenario has found.
 *
 * @param name of the scenario
 * @param question that it answers
 * @param environment where and of what: date, commit, machine, versions; in this order
 * @param settings of this run
 * @param labels what tells rows apart; the last is the target
 * @param metrics the columns, in this order
 * @param rows measured
 * @param notes what a reader must know to understand the rows, each a sentence
 */
public record Result(
        String name,
        String question,
        Map<String, String> environment,
        Map<String, String> settings,
        List<String> labels,
        List<Metric> metrics,
        List<Row> rows,
        List<String> notes) {
    public Result {
        labels = List.copyOf(labels);
        metrics = List.copyOf(metrics);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
        for (Row row : rows) {
            if (row.labels().size() != labels.size()) {
                throw new IllegalArgumentException(row.labels() + " (expected: one of each of " + labels + ')');
            }
        }
    }
}
