package io.holdfast.proxy.impact;

import io.holdfast.proxy.statement.SqlToken;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;

/**
 * One statement of a held text.
 *
 * @param sql without a semicolon
 * @param tokens empty: it does not scan
 */
record StatementText(StatementFacts facts, String sql, List<SqlToken> tokens) {
    StatementText {
        tokens = List.copyOf(tokens);
    }

    /** {@code TRUNCATE ... CASCADE}, {@code DROP ... CASCADE}. */
    boolean endsWithCascade() {
        return !tokens.isEmpty() && tokens.getLast().is("CASCADE");
    }
}
