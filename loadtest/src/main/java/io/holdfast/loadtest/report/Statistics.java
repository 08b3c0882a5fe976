package io.holdfast.loadtest.report;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Of numbers that were measured. */
public final class Statistics {
    private Statistics() {}

    /** The middle one, or the mean of the two in the middle; empty of none. */
    public static OptionalDouble median(double... values) {
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    /**
     * The smallest value that at least so many percent of all do not exceed.
     *
     * @param sorted ascending
     * @param percent 1..100
     * @return 0 of none
     */
    public static long percentile(long[] sorted, int percent) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("percent: " + percent + " (expected: 1..100)");
        }
        if (sorted.length == 0) {
            return 0;
        }
        return sorted[(int) (((long) sorted.length * percent + 99) / 100) - 1];
    }
}
