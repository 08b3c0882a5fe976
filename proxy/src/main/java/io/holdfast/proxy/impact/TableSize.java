package io.holdfast.proxy.impact;

/**
 * A table with its partitions and heirs.
 *
 * @param name with its schema
 * @param bytes indexes and TOAST included; {@link #UNKNOWN} while somebody has locked it
 * @param estimatedRows what the planner believes (reltuples), which may be old; {@link #UNKNOWN} where it was never analyzed
 * @param parts partitions and tables that inherit from it, at all levels
 */
public record TableSize(String name, long bytes, long estimatedRows, int parts) {
    public static final long UNKNOWN = -1;
}
