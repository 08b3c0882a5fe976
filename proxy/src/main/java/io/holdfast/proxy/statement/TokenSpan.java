package io.holdfast.proxy.statement;

/** Questions about a range of tokens. Levels are those of parentheses and CASE ... END. */
final class TokenSpan {
    private TokenSpan() {}

    /** Whether one pair of parentheses holds all of it. */
    static boolean isParenthesised(TokenBuffer tokens, int start, int end) {
        if (end - start < 3 || tokens.kind(start) != '(' || tokens.kind(end - 1) != ')') {
            return false;
        }
        int open = 0;
        for (int i = start; i < end - 1; i++) {
            int kind = tokens.kind(i);
            if (kind == '(') {
                open++;
            } else if (kind == ')' && --open == 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether what the parenthesis at {@code open} holds is a query. */
    static boolean isQuery(TokenBuffer tokens, int open) {
        return switch (tokens.keyword(open + 1)) {
            case SELECT, WITH, VALUES, TABLE -> true;
            default -> false;
        };
    }

    /** The first {@code keyword} at the outermost level; the AND of a BETWEEN is none. -1: there is none. */
    static int find(TokenBuffer tokens, Keyword keyword, int start, int end) {
        int open = 0;
        int betweens = 0;
        for (int i = start; i < end; i++) {
            int kind = tokens.kind(i);
            if (kind == '(' || kind == '[' || kind == TokenKind.of(Keyword.CASE)) {
                open++;
            } else if (kind == ')' || kind == ']' || kind == TokenKind.of(Keyword.END)) {
                open--;
            } else if (open == 0 && kind == TokenKind.of(Keyword.BETWEEN)) {
                betweens++;
            } else if (open == 0 && kind == TokenKind.of(keyword)) {
                if (keyword != Keyword.AND || betweens-- <= 0) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** The only comparison operator at the outermost level; -1: there is none, or more than one. */
    static int comparison(TokenBuffer tokens, int start, int end) {
        int open = 0;
        int found = -1;
        for (int i = start; i < end; i++) {
            switch (tokens.kind(i)) {
                case '(', '[' -> open++;
                case ')', ']' -> open--;
                case '=', '<', '>', TokenKind.LESS_EQUALS, TokenKind.GREATER_EQUALS, TokenKind.NOT_EQUALS -> {
                    if (open == 0) {
                        if (found >= 0) {
                            return -1;
                        }
                        found = i;
                    }
                }
                default -> {}
            }
        }
        return found;
    }

    /** Whether both ranges say the same, names folded. */
    static boolean same(TokenBuffer tokens, int start, int end, int otherStart, int otherEnd) {
        if (end - start != otherEnd - otherStart || start >= end) {
            return false;
        }
        for (int i = 0; i < end - start; i++) {
            if (!sameToken(tokens, start + i, otherStart + i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameToken(TokenBuffer tokens, int one, int other) {
        boolean names = isWord(tokens, one) && isWord(tokens, other);
        if (names) {
            return Names.name(tokens, one).equals(Names.name(tokens, other));
        }
        int length = tokens.end(one) - tokens.start(one);
        if (tokens.kind(one) != tokens.kind(other) || tokens.end(other) - tokens.start(other) != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (tokens.sql()[tokens.start(one) + i] != tokens.sql()[tokens.start(other) + i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(TokenBuffer tokens, int i) {
        return TokenKind.isName(tokens.kind(i)) || tokens.kind(i) >= TokenKind.KEYWORD;
    }
}
