package io.holdfast.proxy.estimate;

import io.holdfast.proxy.policy.RowEstimate;
import io.holdfast.proxy.statement.SqlToken;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;
import java.util.Optional;

/** How many rows a statement touches, where its text alone says so. Pure. */
public final class TextEstimate {
    private TextEstimate() {}

    /**
     * An INSERT adds rows, and overwrites at most as many as it proposes.
     *
     * @param facts whose offsets are of {@code sql}
     * @return empty: a server must be asked
     */
    public static Optional<RowEstimate> of(StatementFacts facts, byte[] sql) {
        if (!facts.command().equals("INSERT") || !facts.innerCommands().isEmpty()) {
            return Optional.empty();
        }
        List<SqlToken> tokens =
                SqlToken.listOf(sql, facts.start(), facts.end() - facts.start()).orElse(List.of());
        Changes changes = Changes.of(tokens);
        if (tokens.isEmpty() || changes.counted() > 0 || changes.merges() > 0) {
            return Optional.empty();
        }
        if (changes.overwrites() == 0) {
            return Optional.of(RowEstimate.NONE);
        }
        return Changes.proposed(tokens).stream()
                .<RowEstimate>mapToObj(RowEstimate.AtMost::new)
                .findFirst();
    }
}
