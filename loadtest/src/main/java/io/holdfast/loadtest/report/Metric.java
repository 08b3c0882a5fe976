package io.holdfast.loadtest.report;

/**
 * A quantity.
 *
 * @param key in JSON, with its unit
 * @param heading of a column, with its unit
 * @param digits behind the point, for people
 */
public record Metric(String key, String heading, int digits) {
    public static final Metric PER_SECOND = new Metric("per_second", "per second", 0);
    public static final Metric GIGABYTES_PER_SECOND = new Metric("gigabytes_per_second", "GB/s", 2);

    /** The rate as a part of the direct connection's in the same round. */
    public static final Metric OF_DIRECT = new Metric("of_direct", "of direct", 2);

    /** Processor time of the proxy, user and system, for each transaction. */
    public static final Metric CPU_MICROS = new Metric("cpu_micros_each", "CPU µs each", 1);

    /** The same for each gigabyte. */
    public static final Metric CPU_SECONDS = new Metric("cpu_seconds_per_gigabyte", "CPU s/GB", 2);

    public static final Metric P50 = new Metric("p50_micros", "p50 µs", 0);
    public static final Metric P95 = new Metric("p95_micros", "p95 µs", 0);
    public static final Metric P99 = new Metric("p99_micros", "p99 µs", 0);

    /** Resident memory of the proxy when the load ends. */
    public static final Metric RESIDENT = new Metric("resident_mib", "RSS MiB", 0);
}
