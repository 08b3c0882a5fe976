package io.holdfast.proxy.policy;

import io.holdfast.proxy.statement.StatementFacts;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Whether a statement changes or removes rows that are there, and whether their number can be found out before it runs. */
enum Touching {
    /** It reads, adds rows, or changes something else than rows. */
    NOTHING,
    /** Those that its text names can be counted, or it adds rows and may overwrite some. */
    COUNTABLE,
    /** It runs code, or loses data in another way: nobody knows how much. */
    ANYTHING;

    private static final Set<String> COUNTED =
            Set.of("DELETE", "DROP MATERIALIZED VIEW", "DROP TABLE", "INSERT", "MERGE", "TRUNCATE TABLE", "UPDATE");
    private static final Set<String> INNER = Set.of("DELETE", "MERGE", "UPDATE");

    static Touching of(StatementFacts statement) {
        if (statement.unparsed()) {
            return ANYTHING;
        }
        return switch (statement.statementClass()) {
            case READ, SESSION, SCHEMA, CODE, ADMIN -> NOTHING;
            case WRITE, DESTRUCTIVE -> ofChanging(statement);
        };
    }

    private static Touching ofChanging(StatementFacts statement) {
        if (statement.reliesOnNames()) {
            return ANYTHING; // it runs code
        }
        List<String> inner = statement.innerCommands();
        if (COUNTED.contains(statement.command())
                || (statement.command().equals("SELECT") && !Collections.disjoint(inner, INNER))) {
            return COUNTABLE;
        }
        return switch (statement.statementClass()) {
            case READ, SESSION, SCHEMA, CODE, ADMIN -> NOTHING;
            // COPY FROM, nextval() and the like, unless they carry something that is not counted there.
            case WRITE -> inner.isEmpty() ? NOTHING : ANYTHING;
            case DESTRUCTIVE -> ANYTHING;
        };
    }
}
