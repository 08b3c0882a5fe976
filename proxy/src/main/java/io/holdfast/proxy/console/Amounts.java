package io.holdfast.proxy.console;

import java.util.Locale;

/** Sizes and numbers as people read them. */
public final class Amounts {
    private static final String[] SIZES = {"bytes", "kB", "MB", "GB", "TB", "PB"};
    private static final String[] COUNTS = {"", "k", "M", "G"};

    private Amounts() {}

    /** {@code 310 MB}, {@code 1.2 GB}; in powers of 1,024, as pg_size_pretty() has it. */
    public static String bytes(long bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 1024 && unit < SIZES.length - 1) {
            value /= 1024;
            unit++;
        }
        return (unit > 0 && value < 10 ? String.format(Locale.ROOT, "%.1f", value) : String.valueOf(Math.round(value)))
                + ' '
                + SIZES[unit];
    }

    /** {@code 950}, {@code 12k}, {@code 1.2M}. */
    public static String about(long count) {
        int unit = 0;
        double value = count;
        while (value >= 1000 && unit < COUNTS.length - 1) {
            value /= 1000;
            unit++;
        }
        return (unit > 0 && value < 10 ? String.format(Locale.ROOT, "%.1f", value) : String.valueOf(Math.round(value)))
                + COUNTS[unit];
    }

    /** {@code 1 row}, {@code 3 rows}. */
    public static String of(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }
}
