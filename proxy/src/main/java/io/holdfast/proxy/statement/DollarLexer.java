package io.holdfast.proxy.statement;

/** What starts with a dollar sign: {@code $1}, {@code $$...$$}, {@code $tag$...$tag$}. */
final class DollarLexer {
    private DollarLexer() {}

    /** Adds the token at {@code start} and says where it ends. */
    static int dollar(byte[] sql, int start, int end, TokenBuffer out) {
        if (start + 1 < end && ByteClass.of(sql[start + 1]) == ByteClass.DIGIT) {
            return parameter(sql, start, end, out);
        }
        int i = start + 1;
        if (i < end && ByteClass.of(sql[i]) == ByteClass.LETTER) {
            while (i < end && ByteClass.continuesDollarTag(sql[i])) {
                i++;
            }
        }
        if (i >= end || sql[i] != '$') {
            throw new Unreadable("has a dollar sign that starts nothing");
        }
        int stop = find(sql, start, i + 1 - start, i + 1, end);
        out.add(TokenKind.DOLLAR_STRING, start, stop);
        return stop;
    }

    private static int parameter(byte[] sql, int start, int end, TokenBuffer out) {
        int i = start + 1;
        while (i < end && ByteClass.of(sql[i]) == ByteClass.DIGIT) {
            i++;
        }
        if (i < end && ByteClass.continuesName(sql[i])) {
            throw new Unreadable("has junk after a parameter");
        }
        out.add(TokenKind.PARAMETER, start, i);
        return i;
    }

    /** Offset after the next occurrence of the delimiter {@code sql[tag..tag + length)}; tags are case-sensitive bytes. */
    private static int find(byte[] sql, int tag, int length, int from, int end) {
        for (int i = from; i + length <= end; i++) {
            int matched = 0;
            while (matched < length && sql[i + matched] == sql[tag + matched]) {
                matched++;
            }
            if (matched == length) {
                return i + length;
            }
        }
        throw new Unreadable("has a dollar-quoted string that does not end");
    }
}
