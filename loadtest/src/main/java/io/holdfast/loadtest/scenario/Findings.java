package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.report.Metric;
import io.holdfast.loadtest.report.Row;
import java.util.List;

/**
 * What a scenario has measured.
 *
 * @param labels what tells rows apart; the last is the target
 * @param metrics columns
 * @param rows measured
 * @param notes what a reader must know, each a sentence
 * @param serverVersion of PostgreSQL
 */
record Findings(List<String> labels, List<Metric> metrics, List<Row> rows, List<String> notes, String serverVersion) {}
