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
 * @param ownClass the class if all that is opaque only reads; what the catalog knows of it cannot lead below that
 * @param opaque what it runs and nobody vouches for: by text alone, the functions that are not built-ins
 * @param innerCommands that it wraps and runs, as far as they write: the DELETE of a common table expression
 * @param onlyNames relations and functions are those of a statement that is planned or stored, not run
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
        StatementClass ownClass,
        List<RelationName> opaque,
        List<String> innerCommands,
        boolean onlyNames,
        int start,
        int end) {
    public StatementFacts {
        relations = List.copyOf(relations);
        functions = List.copyOf(functions);
        opaque = List.copyOf(opaque);
        innerCommands = List.copyOf(innerCommands);
    }

    /** Facts of a statement that runs no code but the server's own. */
    public StatementFacts(
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
        this(
                command,
                statementClass,
                reason,
                unparsed,
                relations,
                functions,
                where,
                effect,
                statementClass,
                List.of(),
                List.of(),
                false,
                start,
                end);
    }

    /** Whether it would be less, or less in doubt, if all that it names were known to be harmless. */
    public boolean reliesOnNames() {
        return !opaque.isEmpty() || statementClass.compareTo(ownClass) > 0;
    }

    /** The same statement, more of it known. */
    public StatementFacts with(StatementClass known, String why, List<RelationName> stillOpaque) {
        return new StatementFacts(
                command,
                known,
                why,
                unparsed,
                relations,
                functions,
                where,
                effect,
                ownClass,
                stillOpaque,
                innerCommands,
                onlyNames,
                start,
                end);
    }
}
