package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.ATOMIC;
import static io.holdfast.proxy.statement.Keyword.BEGIN;
import static io.holdfast.proxy.statement.Keyword.CREATE;
import static io.holdfast.proxy.statement.Keyword.FUNCTION;
import static io.holdfast.proxy.statement.Keyword.OR;
import static io.holdfast.proxy.statement.Keyword.PROCEDURE;
import static io.holdfast.proxy.statement.Keyword.REPLACE;
import static io.holdfast.proxy.statement.Keyword.RULE;

/**
 * Where one statement ends and the next begins. A semicolon separates unless it stands in the parentheses of a CREATE RULE or
 * in the BEGIN ATOMIC ... END of a CREATE FUNCTION or PROCEDURE.
 */
final class StatementSplitter {
    private final TokenBuffer tokens;
    private final int first;
    private final boolean isRule;
    private final boolean isRoutine;

    private StatementSplitter(TokenBuffer tokens, int first) {
        this.tokens = tokens;
        this.first = first;
        isRule = tokens.is(first, CREATE) && tokens.is(kindOfObject(tokens, first), RULE);
        isRoutine = createsRoutine(tokens, first);
    }

    /** Whether the statement at token {@code first} may have a body with semicolons in it. */
    static boolean createsRoutine(TokenBuffer tokens, int first) {
        int word = kindOfObject(tokens, first);
        return tokens.is(first, CREATE) && (tokens.is(word, FUNCTION) || tokens.is(word, PROCEDURE));
    }

    /** Index of the word behind CREATE or CREATE OR REPLACE. */
    private static int kindOfObject(TokenBuffer tokens, int first) {
        return tokens.is(first + 1, OR) && tokens.is(first + 2, REPLACE) ? first + 3 : first + 1;
    }

    /**
     * Index of the semicolon that ends the statement at token {@code first}, or the number of tokens.
     *
     * @throws Unreadable if parentheses do not match or a body does not end; the server will run nothing of such a text
     */
    static int end(TokenBuffer tokens, int first) {
        return new StatementSplitter(tokens, first).end();
    }

    private int end() {
        int open = 0;
        for (int i = first; i < tokens.size(); i++) {
            switch (tokens.kind(i)) {
                case '(' -> open++;
                case ')' -> {
                    if (--open < 0) {
                        throw new Unreadable("has a closing parenthesis too many");
                    }
                }
                case ';' -> {
                    if (open == 0) {
                        return i;
                    }
                    if (!isRule) {
                        throw new Unreadable("has a semicolon in parentheses");
                    }
                }
                default -> {
                    if (isRoutine && open == 0 && tokens.is(i, BEGIN) && tokens.is(i + 1, ATOMIC)) {
                        i = body(i + 2);
                    }
                }
            }
        }
        if (open > 0) {
            throw new Unreadable("has an opening parenthesis too many");
        }
        return tokens.size();
    }

    /**
     * Index of the END of a body that starts at {@code from}. That END stands behind a semicolon; all others belong to a
     * CASE, or are labels.
     */
    private int body(int from) {
        int open = 0;
        int cases = 0;
        for (int i = from; i < tokens.size(); i++) {
            int kind = tokens.kind(i);
            if (kind == '(') {
                open++;
            } else if (kind == ')') {
                open--;
            } else if (kind == ';') {
                if (open != 0 || cases != 0) {
                    throw new Unreadable("has a function body that is hard to tell apart");
                }
            } else if (tokens.is(i, ATOMIC) && tokens.is(i - 1, BEGIN)) {
                throw new Unreadable("has a function body in a function body");
            } else if (tokens.is(i, Keyword.CASE) && !isLabel(i)) {
                cases++;
            } else if (tokens.is(i, Keyword.END) && !isLabel(i)) {
                if (cases > 0) {
                    cases--;
                } else if (i == from || tokens.kind(i - 1) == ';') {
                    return i;
                }
            }
        }
        throw new Unreadable("has a function body that does not end");
    }

    /** CASE and END can be names of columns: behind AS or a dot, and bare where no expression can start behind them. */
    private boolean isLabel(int i) {
        if (tokens.kind(i - 1) == '.' || tokens.is(i - 1, Keyword.AS)) {
            return true;
        }
        if (!tokens.is(i, Keyword.CASE)) {
            return false;
        }
        return switch (tokens.kind(i + 1)) {
            case ',', ')', ';', TokenKind.END -> true;
            default ->
                switch (tokens.keyword(i + 1)) {
                    case FROM,
                            INTO,
                            WHERE,
                            GROUP,
                            HAVING,
                            WINDOW,
                            UNION,
                            EXCEPT,
                            INTERSECT,
                            ORDER,
                            LIMIT,
                            OFFSET,
                            FETCH,
                            FOR -> true;
                    default -> false;
                };
        };
    }
}
