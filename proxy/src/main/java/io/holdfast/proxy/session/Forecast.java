package io.holdfast.proxy.session;

import io.holdfast.proxy.policy.Verdict;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;

/**
 * What a session would do with a unit.
 *
 * @param statements in order, EXECUTE with the facts of what it runs
 * @param statementClass the highest of them; READ if there is none
 * @param placement where it would run, were it let through
 * @param verdict the strictest of theirs
 */
public record Forecast(
        List<StatementFacts> statements, StatementClass statementClass, Placement placement, Verdict verdict) {
    public Forecast {
        statements = List.copyOf(statements);
    }

    /** Whether any of it was not understood. */
    public boolean unparsed() {
        return statements.stream().anyMatch(StatementFacts::unparsed);
    }
}
