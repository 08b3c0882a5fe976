package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.load.Pgbench;
import io.holdfast.loadtest.load.PgbenchLog;
import io.holdfast.loadtest.report.Metric;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What one load on one target has shown.
 *
 * @param rate in units per second; what targets are compared by
 * @param processorNanos that the proxy has used for each unit; empty if there is no proxy
 * @param more of what was measured
 */
record Outcome(double rate, OptionalDouble processorNanos, Map<Metric, Double> more) {
    /** Transactions, with their latencies. */
    static Outcome of(Pgbench.Sample sample) {
        return of(sample, 1);
    }

    /** The same, where a transaction is so many statements: these are counted; the latency is the transaction's. */
    static Outcome of(Pgbench.Sample sample, int statements) {
        PgbenchLog log = sample.log();
        OptionalDouble each = sample.processorNanos();
        return new Outcome(
                sample.output().rate() * statements,
                each.isEmpty() ? each : OptionalDouble.of(each.getAsDouble() / statements),
                Map.of(
                        Metric.P50, (double) log.percentile(50),
                        Metric.P95, (double) log.percentile(95),
                        Metric.P99, (double) log.percentile(99)));
    }

    /** The same, and something more. */
    Outcome with(Map<Metric, Double> values) {
        Map<Metric, Double> all = new HashMap<>(more);
        all.putAll(values);
        return new Outcome(rate, processorNanos, all);
    }
}
