package io.holdfast.proxy.policy;

import java.util.Locale;

/** How many rows a statement would change or remove, as far as somebody has counted. */
public sealed interface RowEstimate {
    /** Nothing that is there is touched. */
    RowEstimate NONE = new AtMost(0);

    /** Whether it is to be taken for more than {@code rows}. */
    boolean exceeds(long rows);

    /** For people, behind the name of the rule that decided by it. */
    String words();

    /**
     * Counted.
     *
     * @param rows at least 0; that there are more is not likely, since rows can come until it runs
     */
    record AtMost(long rows) implements RowEstimate {
        @Override
        public boolean exceeds(long limit) {
            return rows > limit;
        }

        @Override
        public String words() {
            return String.format(Locale.ROOT, rows == 1 ? "%,d row" : "%,d rows", rows);
        }
    }

    /**
     * Counted up to a number that is too many already.
     *
     * @param rows fewer than there are
     */
    record MoreThan(long rows) implements RowEstimate {
        @Override
        public boolean exceeds(long limit) {
            return true;
        }

        @Override
        public String words() {
            return String.format(Locale.ROOT, "more than %,d rows", rows);
        }
    }

    /**
     * It could be any number.
     *
     * @param why for people, lower case
     */
    record Unknown(String why) implements RowEstimate {
        @Override
        public boolean exceeds(long limit) {
            return true;
        }

        @Override
        public String words() {
            return "rows not counted: " + why;
        }
    }
}
