package io.holdfast.proxy.statement;

/** Operators: the longest run of operator characters, cut where a comment starts. */
final class OperatorLexer {
    /** NAMEDATALEN: a longer operator is an error. */
    private static final int MAX_BYTES = 64;

    private OperatorLexer() {}

    /** Adds the operator at {@code start}, which starts no comment, and says where it ends. */
    static int operator(byte[] sql, int start, int end, TokenBuffer out) {
        int i = start + 1;
        while (i < end && ByteClass.of(sql[i]) == ByteClass.OPERATOR && !startsComment(sql, i, end)) {
            i++;
        }
        // For SQL's sake an operator ends in + or - only if it has a character that no SQL operator has: 2*-3, but @-.
        while (i - start > 1 && (sql[i - 1] == '+' || sql[i - 1] == '-') && !hasUncommon(sql, start, i - 1)) {
            i--;
        }
        if (i - start >= MAX_BYTES) {
            throw new Unreadable("has an operator that is too long");
        }
        out.add(kind(sql, start, i - start), start, i);
        return i;
    }

    private static boolean startsComment(byte[] sql, int i, int end) {
        return i + 1 < end && ((sql[i] == '-' && sql[i + 1] == '-') || (sql[i] == '/' && sql[i + 1] == '*'));
    }

    private static boolean hasUncommon(byte[] sql, int start, int end) {
        for (int i = start; i < end; i++) {
            switch (sql[i]) {
                case '~', '!', '@', '#', '^', '&', '|', '`', '?', '%' -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    private static int kind(byte[] sql, int start, int length) {
        byte first = sql[start];
        if (length == 1) {
            return switch (first) {
                case '+', '-', '*', '/', '%', '^', '<', '>', '=', '|' -> first;
                default -> TokenKind.OPERATOR;
            };
        }
        if (length == 2) {
            byte second = sql[start + 1];
            if (first == '=' && second == '>') {
                return TokenKind.EQUALS_GREATER;
            } else if (first == '<' && second == '=') {
                return TokenKind.LESS_EQUALS;
            } else if (first == '>' && second == '=') {
                return TokenKind.GREATER_EQUALS;
            } else if ((first == '<' && second == '>') || (first == '!' && second == '=')) {
                return TokenKind.NOT_EQUALS;
            }
        }
        return TokenKind.OPERATOR;
    }
}
