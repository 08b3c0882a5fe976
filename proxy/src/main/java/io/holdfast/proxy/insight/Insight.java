package io.holdfast.proxy.insight;

import java.util.List;

/** What is known of one text beyond its facts. */
public sealed interface Insight {
    /** Somebody is at it; to be asked for again. */
    record Pending() implements Insight {}

    /**
     * Every statement has been looked at.
     *
     * @param statements in order, as many as the text has
     */
    record Known(List<StatementInsight> statements) implements Insight {
        public Known {
            statements = List.copyOf(statements);
        }
    }

    /**
     * Nobody will look at it.
     *
     * @param why for people
     */
    record None(String why) implements Insight {}
}
