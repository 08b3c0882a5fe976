package io.holdfast.proxy.impact;

import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.statement.SqlToken;
import io.holdfast.proxy.statement.StatementFacts;
import java.nio.charset.StandardCharsets;
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

    /**
     * Of a text with one statement or several.
     *
     * @param facts whose offsets are of {@code text}, in UTF-8
     * @param values bound to it; null: it is not certain which those are
     */
    static StatementText of(StatementFacts facts, byte[] text, @Nullable List<BoundValue> values) {
        int length = facts.end() - facts.start();
        return new StatementText(
                facts,
                new String(text, facts.start(), length, StandardCharsets.UTF_8),
                SqlToken.listOf(text, facts.start(), length).orElse(List.of()),
                values);
    }

    /** {@code TRUNCATE ... CASCADE}, {@code DROP ... CASCADE}. */
    boolean endsWithCascade() {
        return !tokens.isEmpty() && tokens.getLast().is("CASCADE");
    }
}
