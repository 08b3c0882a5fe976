package io.holdfast.proxy.statement;

import java.util.List;

/**
 * What is known of the text of one Query or Parse message.
 *
 * @param statements in order, empty ones left out
 * @param statementClass the highest of them; READ if there is none
 */
public record SqlFacts(List<StatementFacts> statements, StatementClass statementClass) {
    public SqlFacts {
        statements = List.copyOf(statements);
    }

    /** Facts of the statements, their class the highest of theirs. */
    public static SqlFacts of(List<StatementFacts> statements) {
        StatementClass highest = StatementClass.READ;
        for (StatementFacts statement : statements) {
            highest = highest.max(statement.statementClass());
        }
        return new SqlFacts(statements, highest);
    }
}
