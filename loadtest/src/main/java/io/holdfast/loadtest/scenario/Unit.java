package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.report.Metric;

/**
 * What is counted.
 *
 * @param rate of it
 * @param processor what the proxy uses of the processors for each
 * @param ofNano a nanosecond in the unit of {@code processor}
 */
record Unit(Metric rate, Metric processor, double ofNano) {
    static final Unit TRANSACTION = new Unit(Metric.PER_SECOND, Metric.CPU_MICROS, 1e-3);
    static final Unit GIGABYTE = new Unit(Metric.GIGABYTES_PER_SECOND, Metric.CPU_SECONDS, 1e-9);
}
