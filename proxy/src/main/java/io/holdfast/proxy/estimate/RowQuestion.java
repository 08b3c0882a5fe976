package io.holdfast.proxy.estimate;

import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;

/**
 * What a session wants to know before its rules can decide.
 *
 * @param session whose statements these are
 * @param statements to count for
 * @param enough more rows than this need not be told apart, at least 0
 */
public record RowQuestion(SessionState session, List<Asked> statements, long enough) {
    public RowQuestion {
        statements = List.copyOf(statements);
    }

    /**
     * One statement.
     *
     * @param number in its unit, from 0
     * @param facts of it, whose offsets are of {@code sql}
     * @param sql the text that it is a part of, in UTF-8
     * @param values bound to it, in order
     * @param unseen what its transaction has changed before it, and no other server knows
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Asked(int number, StatementFacts facts, byte[] sql, List<BoundValue> values, Unseen unseen) {
        public Asked {
            values = List.copyOf(values);
        }
    }
}
