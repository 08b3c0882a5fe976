package io.holdfast.proxy.policy;

import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.Set;

/**
 * The highest class that a command reaches by itself. A statement above it is there because of what it wraps or calls:
 * {@code WITH d AS (DELETE FROM users) SELECT 1}, {@code EXPLAIN ANALYZE TRUNCATE users}, {@code SELECT pg_promote()}. A rule
 * that allows {@code SELECT} or {@code DELETE} on a table has not spoken of those.
 */
final class OwnClass {
    private static final Set<String> STATEMENT_CARRIERS =
            Set.of("SELECT", "VALUES", "TABLE", "INSERT", "COPY", "EXPLAIN", "DECLARE");

    private OwnClass() {}

    static boolean isExceededBy(StatementFacts statement) {
        return statement.statementClass().compareTo(of(statement)) > 0;
    }

    private static StatementClass of(StatementFacts statement) {
        return switch (statement.command()) {
            case "UPDATE", "DELETE" ->
                switch (statement.where()) {
                    case ABSENT, ALWAYS_TRUE -> StatementClass.DESTRUCTIVE;
                    case PRESENT, NOT_APPLICABLE -> StatementClass.WRITE;
                };
            case "SELECT INTO", "CREATE TABLE AS", "CREATE MATERIALIZED VIEW" -> StatementClass.SCHEMA;
            default ->
                STATEMENT_CARRIERS.contains(firstWord(statement.command()))
                        ? StatementClass.WRITE
                        // The others carry no statement, or can be DESTRUCTIVE by themselves.
                        : StatementClass.DESTRUCTIVE;
        };
    }

    /** {@code TRUNCATE} of {@code TRUNCATE TABLE}. */
    static String firstWord(String command) {
        return command.substring(0, firstWordEnds(command));
    }

    /** The length of the first word. */
    static int firstWordEnds(String command) {
        int space = command.indexOf(' ');
        return space < 0 ? command.length() : space;
    }
}
