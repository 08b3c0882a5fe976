package io.holdfast.proxy.statement;

import java.util.List;

/**
 * What is known of one statement. Wrapped statements (CTE, EXPLAIN, COPY (query), ...) have raised the class and added their
 * relations and functions.
 *
 * @param command as PostgreSQL names it in CommandComplete or CLASSES.md: {@code TRUNCATE TABLE}, {@code SELECT}; {@code EMPTY}
 *     for no statement, {@code UNPARSED} where unparsed
 * @param statementClass for EXECUTE, FETCH and MOVE only a lower bound: the session knows what they name
 * @param reason why this class, one lower-case line for people
 * @param unparsed not understood, so DESTRUCTIVE
 * @param relations named as target or source; no CTE names
 * @param functions called by name
 * @param where of the outermost UPDATE or DELETE
 * @param effect on the session
 * @param start offset of its first byte in the text
 * @param end offset after its last byte, without the semicolon
 */
public record StatementFacts(
        String command,
        StatementClass statementClass,
        String reason,
        boolean unparsed,
        List<RelationName> relations,
        List<RelationName> functions,
        WhereClause where,
        SessionEffect effect,
        int start,
        int end) {
    public StatementFacts {
        relations = List.copyOf(relations);
        functions = List.copyOf(functions);
    }
}
