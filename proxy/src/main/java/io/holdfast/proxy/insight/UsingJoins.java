package io.holdfast.proxy.insight;

import io.holdfast.proxy.statement.SqlToken;
import io.holdfast.proxy.statement.SqlToken.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * {@code DELETE FROM t USING a JOIN b ON ...} as {@code DELETE FROM t USING (a JOIN b ON ...)}: JSqlParser's grammar has only tables there,
 * and joins in parentheses. To PostgreSQL both are the same.
 */
final class UsingJoins {
    private static final SqlToken OPEN = new SqlToken(Kind.SYMBOL, "(", true);
    private static final SqlToken CLOSE = new SqlToken(Kind.SYMBOL, ")", false);

    private final List<SqlToken> tokens;
    private final BitSet opens = new BitSet();
    private final BitSet closes = new BitSet();

    private UsingJoins(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    static List<SqlToken> parenthesized(List<SqlToken> tokens) {
        UsingJoins joins = new UsingJoins(tokens);
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("DELETE") && tokens.get(i + 1).is("FROM")) {
                joins.delete(i + 2);
            }
        }
        return joins.opens.isEmpty() ? tokens : joins.applied();
    }

    /** One at token {@code from}, to where it ends. */
    private void delete(int from) {
        int depth = 0;
        int item = -1; // first token of an item of USING
        boolean joined = false;
        for (int i = from; i <= tokens.size(); i++) {
            boolean ends = i == tokens.size()
                    || (depth == 0
                            && (isClose(i)
                                    || tokens.get(i).is("WHERE")
                                    || tokens.get(i).is("RETURNING")));
            if (item >= 0 && (ends || (depth == 0 && tokens.get(i).isSymbol(",")))) {
                if (joined) {
                    opens.set(item);
                    closes.set(i);
                }
                item = i + 1;
                joined = false;
            }
            if (ends) {
                return;
            }
            if (tokens.get(i).isSymbol("(")) {
                depth++;
            } else if (isClose(i)) {
                depth--;
            } else if (depth == 0 && item < 0 && tokens.get(i).is("USING")) {
                item = i + 1;
            } else if (depth == 0 && tokens.get(i).is("JOIN")) {
                joined = true;
            }
        }
    }

    private boolean isClose(int i) {
        return tokens.get(i).isSymbol(")");
    }

    private List<SqlToken> applied() {
        List<SqlToken> result = new ArrayList<>(tokens.size() + 2);
        for (int i = 0; i <= tokens.size(); i++) {
            if (closes.get(i)) {
                result.add(CLOSE);
            }
            if (opens.get(i)) {
                result.add(OPEN);
            }
            if (i < tokens.size()) {
                result.add(tokens.get(i));
            }
        }
        return result;
    }
}
