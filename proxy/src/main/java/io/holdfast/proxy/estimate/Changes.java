package io.holdfast.proxy.estimate;

import io.holdfast.proxy.statement.SqlToken;
import java.util.List;
import java.util.OptionalLong;

/**
 * How many UPDATEs, DELETEs and so on a statement has, at every nesting level, by its tokens alone: a second opinion on what the parser has
 * found. A column of such a name can make it too many, never too few. Pure.
 *
 * @param counted UPDATE and DELETE, which are counted by a query
 * @param merges MERGE
 * @param overwrites ON CONFLICT DO UPDATE
 */
public record Changes(int counted, int merges, int overwrites) {
    /** Of a whole statement. */
    public static Changes of(List<SqlToken> tokens) {
        int counted = 0;
        int merges = 0;
        int overwrites = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (is(tokens, i, "DELETE") && is(tokens, i + 1, "FROM")) {
                counted++;
            } else if (is(tokens, i, "UPDATE") && is(tokens, i - 1, "DO")) {
                overwrites++;
            } else if (is(tokens, i, "UPDATE") && !locks(tokens, i)) {
                counted++;
            } else if (is(tokens, i, "MERGE") && is(tokens, i + 1, "INTO")) {
                merges++;
            }
        }
        return new Changes(counted, merges, overwrites);
    }

    /**
     * The rows that {@code INSERT ... VALUES ... ON CONFLICT DO UPDATE} proposes, each of which overwrites one at most; empty: they come
     * from a query, or the statement has more than that.
     */
    static OptionalLong proposed(List<SqlToken> tokens) {
        if (!is(tokens, 0, "INSERT")) {
            return OptionalLong.empty();
        }
        int depth = 0;
        int rows = 0;
        boolean values = false;
        for (SqlToken token : tokens) {
            if (depth == 0 && token.is("VALUES")) {
                values = true;
            } else if (depth == 0 && (token.is("SELECT") || token.is("TABLE") || token.is("WITH"))) {
                return OptionalLong.empty();
            } else if (depth == 0 && values && token.is("ON")) {
                return OptionalLong.of(rows);
            }
            if (token.isSymbol("(")) {
                rows += values && depth == 0 ? 1 : 0;
                depth++;
            } else if (token.isSymbol(")")) {
                depth--;
            }
        }
        return OptionalLong.empty();
    }

    /** FOR UPDATE and FOR NO KEY UPDATE. */
    private static boolean locks(List<SqlToken> tokens, int i) {
        return is(tokens, i - 1, "FOR") || (is(tokens, i - 1, "KEY") && is(tokens, i - 2, "NO"));
    }

    private static boolean is(List<SqlToken> tokens, int i, String word) {
        return i >= 0 && i < tokens.size() && tokens.get(i).is(word);
    }
}
