package io.holdfast.proxy.impact;

import io.holdfast.proxy.statement.SqlToken;
import java.util.List;
import java.util.Optional;

/**
 * The lock that a command takes on the tables that it changes, or is about. Of ALTER TABLE the strongest is assumed, unless it does one
 * thing that is known to take a weaker one. Pure.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES">Table-Level Locks</a>
 */
final class Locks {
    private Locks() {}

    /** What a change of rows takes, and a read. */
    static LockMode of(Verb verb) {
        return switch (verb) {
            case READ -> LockMode.ACCESS_SHARE;
            case INSERT, UPDATE, DELETE -> LockMode.ROW_EXCLUSIVE;
            case TRUNCATE, DROP, DROP_SCHEMA, DROP_DATABASE, OTHER -> LockMode.ACCESS_EXCLUSIVE;
        };
    }

    /** What the command takes on its tables; empty: none that matters, or it depends on the table. */
    static Optional<LockMode> of(String command, List<SqlToken> tokens) {
        return switch (command) {
            case "CREATE INDEX" -> Optional.of(unless(tokens, "CONCURRENTLY", LockMode.SHARE));
            case "DROP INDEX" -> Optional.of(unless(tokens, "CONCURRENTLY", LockMode.ACCESS_EXCLUSIVE));
            case "REINDEX" -> Optional.of(unless(tokens, "CONCURRENTLY", LockMode.SHARE));
            case "REFRESH MATERIALIZED VIEW" ->
                Optional.of(has(tokens, "CONCURRENTLY") ? LockMode.EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
            case "VACUUM" ->
                Optional.of(has(tokens, "FULL") ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE_UPDATE_EXCLUSIVE);
            case "ANALYZE", "COMMENT", "CREATE STATISTICS" -> Optional.of(LockMode.SHARE_UPDATE_EXCLUSIVE);
            case "CREATE TRIGGER" -> Optional.of(LockMode.SHARE_ROW_EXCLUSIVE);
            case "CREATE RULE", "CREATE POLICY", "ALTER POLICY", "ALTER RULE", "ALTER TRIGGER", "CLUSTER" ->
                Optional.of(LockMode.ACCESS_EXCLUSIVE);
            case "ALTER TABLE", "ALTER MATERIALIZED VIEW", "ALTER FOREIGN TABLE", "ALTER VIEW", "ALTER INDEX" ->
                Optional.of(alterTable(tokens));
            case "LOCK TABLE" -> Optional.of(lockTable(tokens));
            default -> Optional.empty();
        };
    }

    private static LockMode unless(List<SqlToken> tokens, String word, LockMode otherwise) {
        return has(tokens, word) ? LockMode.SHARE_UPDATE_EXCLUSIVE : otherwise;
    }

    private static LockMode alterTable(List<SqlToken> tokens) {
        if (tokens.stream().anyMatch(token -> token.isSymbol(","))) {
            return LockMode.ACCESS_EXCLUSIVE; // several actions
        }
        if (follows(tokens, "VALIDATE", "CONSTRAINT")
                || follows(tokens, "ATTACH", "PARTITION")
                || follows(tokens, "SET", "STATISTICS")
                || (follows(tokens, "DETACH", "PARTITION") && has(tokens, "CONCURRENTLY"))) {
            return LockMode.SHARE_UPDATE_EXCLUSIVE;
        }
        return follows(tokens, "ENABLE", "TRIGGER")
                        || follows(tokens, "DISABLE", "TRIGGER")
                        || follows(tokens, "FOREIGN", "KEY")
                ? LockMode.SHARE_ROW_EXCLUSIVE
                : LockMode.ACCESS_EXCLUSIVE;
    }

    /** {@code LOCK t IN ROW SHARE MODE}; no mode is the strongest. */
    private static LockMode lockTable(List<SqlToken> tokens) {
        StringBuilder words = new StringBuilder();
        boolean within = false;
        for (SqlToken token : tokens) {
            if (token.is("MODE")) {
                break;
            }
            if (within) {
                words.append(words.isEmpty() ? "" : " ").append(token.text());
            }
            within |= token.is("IN");
        }
        for (LockMode mode : LockMode.values()) {
            if (mode.label().equalsIgnoreCase(words.toString())) {
                return mode;
            }
        }
        return LockMode.ACCESS_EXCLUSIVE;
    }

    private static boolean has(List<SqlToken> tokens, String word) {
        return tokens.stream().anyMatch(token -> token.is(word));
    }

    private static boolean follows(List<SqlToken> tokens, String first, String second) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is(first) && tokens.get(i + 1).is(second)) {
                return true;
            }
        }
        return false;
    }
}
