package io.holdfast.proxy.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating point numbers as PostgreSQL prints them: with the fewest digits that are nearer to this number than to its neighbours.
 * {@link Double#toString} lets a number that lies halfway stand for it, too, and PostgreSQL does not.
 */
final class Floats {
    private static final int LOWEST_EXPONENT = -4;
    private static final int FLOAT_DIGITS = 6;
    private static final int DOUBLE_DIGITS = 15;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private Floats() {}

    static String text(float value) {
        if (!Float.isFinite(value) || value == 0) {
            return special(value);
        }
        float size = Math.abs(value);
        BigDecimal exact = new BigDecimal(size);
        BigDecimal above = size == Float.MAX_VALUE
                ? exact.multiply(TWO).subtract(new BigDecimal(Math.nextDown(size)))
                : new BigDecimal(Math.nextUp(size));
        return printed(value < 0, shortest(new BigDecimal(Math.nextDown(size)), exact, above), FLOAT_DIGITS);
    }

    static String text(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return special(value);
        }
        double size = Math.abs(value);
        BigDecimal exact = new BigDecimal(size);
        BigDecimal above = size == Double.MAX_VALUE
                ? exact.multiply(TWO).subtract(new BigDecimal(Math.nextDown(size)))
                : new BigDecimal(Math.nextUp(size));
        return printed(value < 0, shortest(new BigDecimal(Math.nextDown(size)), exact, above), DOUBLE_DIGITS);
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        return value < 0 ? "-Infinity" : "Infinity";
    }

    /** The nearest of the shortest decimals between the middles to its neighbours. */
    private static BigDecimal shortest(BigDecimal below, BigDecimal exact, BigDecimal above) {
        BigDecimal low = below.add(exact).divide(TWO);
        BigDecimal high = above.add(exact).divide(TWO);
        for (int digits = 1; ; digits++) {
            BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (isBetween(low, nearest, high)) {
                return nearest;
            }
            BigDecimal up = exact.round(new MathContext(digits, RoundingMode.CEILING));
            if (isBetween(low, up, high)) {
                return up; // the gap above a power of two is twice the one below
            }
        }
    }

    private static boolean isBetween(BigDecimal low, BigDecimal number, BigDecimal high) {
        return number.compareTo(low) > 0 && number.compareTo(high) < 0;
    }

    private static String printed(boolean negative, BigDecimal number, int digits) {
        BigDecimal bare = number.stripTrailingZeros();
        int exponent = bare.precision() - bare.scale() - 1;
        String text = exponent < LOWEST_EXPONENT || exponent >= digits
                ? scientific(bare.unscaledValue().toString(), exponent)
                : bare.toPlainString();
        return negative ? "-" + text : text;
    }

    private static String scientific(String digits, int exponent) {
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        String size = String.format("%02d", Math.abs(exponent));
        return digits.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + size;
    }
}
