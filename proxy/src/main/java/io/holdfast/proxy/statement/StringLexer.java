package io.holdfast.proxy.statement;

/** Where a quoted string ends, with all its continuations on later lines. */
final class StringLexer {
    private StringLexer() {}

    /**
     * Offset after the last quote.
     *
     * @param quote offset of the first one
     * @param kind decides whether backslashes escape and whether a doubled quote is one
     * @throws Unreadable if it does not end
     */
    static int end(byte[] sql, int quote, int end, int kind) {
        int i = quote + 1;
        while (true) {
            if (i >= end) {
                throw new Unreadable("has a string that does not end");
            }
            byte b = sql[i];
            if (b == '\\' && kind == TokenKind.ESCAPE_STRING) {
                i += 2;
            } else if (b != '\'') {
                i++;
            } else if (i + 1 < end && sql[i + 1] == '\'' && kind != TokenKind.BIT_STRING) {
                i += 2;
            } else {
                int next = continuation(sql, i + 1, end);
                if (next < 0) {
                    return i + 1;
                }
                i = next + 1; // the mode goes on: a piece of an E string is an E string
            }
        }
    }

    /**
     * A string goes on behind white space with at least one line end; {@code --} comments may stand between, C comments
     * may not.
     *
     * @return offset of the quote that continues, or -1
     */
    private static int continuation(byte[] sql, int from, int end) {
        int i = from;
        boolean newline = false;
        while (i < end) {
            byte b = sql[i];
            if (ByteClass.isNewline(b)) {
                newline = true;
                i++;
            } else if (ByteClass.of(b) == ByteClass.SPACE) {
                i++;
            } else if (b == '-' && i + 1 < end && sql[i + 1] == '-') {
                while (i < end && !ByteClass.isNewline(sql[i])) {
                    i++;
                }
            } else {
                return newline && b == '\'' ? i : -1;
            }
        }
        return -1;
    }
}
