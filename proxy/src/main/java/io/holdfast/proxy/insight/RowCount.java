package io.holdfast.proxy.insight;

import java.util.List;

/** How many rows an UPDATE or DELETE would touch, as far as its text tells. */
public sealed interface RowCount {
    /** The table, as written, with its alias. */
    String target();

    /**
     * A query that says it. It only reads. Each row of the target counts once, however many rows of other tables it meets. If the
     * statement is valid, this is the number in its command tag, unless rows change in between, or triggers, rules or policies for
     * writing let some of them out.
     *
     * @param sql one SELECT
     * @param parameters such as {@code $2}, each once, with their numbers in the statement. Their values are not put in: as a literal, a
     *     value can have another type and thus mean something else
     */
    record Query(String target, String sql, List<String> parameters) implements RowCount {
        public Query {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * No text that is certain to count the same rows and to change nothing.
     *
     * @param why for people
     */
    record Unknown(String target, String why) implements RowCount {}
}
