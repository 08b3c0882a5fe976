package io.holdfast.proxy.impact;

import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.statement.SqlToken;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a held text.
 *
 * @param sql without a semicolon
 * @param tokens empty: it does not scan
 * @param values bound to it; null: it is not certain which those are
 */
record StatementText(
        StatementFacts facts,
        String sql,
        List<SqlToken> tokens,
        @Nullable List<BoundValue> values) {
    StatementText {
        tokens = List.copyOf(tokens);
    }

    /** {@code TRUNCATE ... CASCADE}, {@code DROP ... CASCADE}. */
    boolean endsWithCascade() {
        return !tokens.isEmpty() && tokens.getLast().is("CASCADE");
    }
}
