package io.holdfast.proxy.statement;

import java.util.Arrays;

/** The tokens of one text: kind, offset of the first byte, offset after the last. Reused from text to text. */
final class TokenBuffer {
    /** A text with more tokens than this is refused, never cut. A bulk INSERT of 65,535 parameters has a fifth of it. */
    static final int MAX_TOKENS = 1 << 20;

    /** Capacity above which a buffer is not kept for the next text, in tokens. */
    private static final int KEEP_TOKENS = 1 << 14;

    private static final int ESCAPE_SHIFT = 16;
    private static final int KIND_MASK = (1 << ESCAPE_SHIFT) - 1;

    private static final Keyword[] KEYWORDS = Keyword.values();

    private static final byte[] NO_TEXT = {};

    private byte[] sql = NO_TEXT;
    private int[] kinds = new int[256];
    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private int size;
    private boolean verticalTab;

    void reset(byte[] text) {
        sql = text;
        size = 0;
        verticalTab = false;
    }

    /** Lets go of the text, and of arrays that one large text has grown. */
    void release() {
        reset(NO_TEXT);
        if (kinds.length > KEEP_TOKENS) {
            kinds = new int[256];
            starts = new int[256];
            ends = new int[256];
        }
    }

    void add(int kind, int start, int end) {
        if (size == kinds.length) {
            if (size >= MAX_TOKENS) {
                throw new Unreadable("more than " + MAX_TOKENS + " tokens");
            }
            kinds = Arrays.copyOf(kinds, size * 2);
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        kinds[size] = kind;
        starts[size] = start;
        ends[size] = end;
        size++;
    }

    /** {@code U&"..." UESCAPE 'c'} is one token: the last two vanish in the one before them, which keeps the character. */
    void foldUescape() {
        kinds[size - 3] |= sql[ends[size - 1] - 2] << ESCAPE_SHIFT;
        ends[size - 3] = ends[size - 1];
        size -= 2;
    }

    /** The escape character of a U&amp; token. */
    byte escape(int i) {
        int escape = kinds[i] >> ESCAPE_SHIFT;
        return escape == 0 ? (byte) '\\' : (byte) escape;
    }

    byte[] sql() {
        return sql;
    }

    int size() {
        return size;
    }

    int kind(int i) {
        return i >= 0 && i < size ? kinds[i] & KIND_MASK : TokenKind.END;
    }

    int start(int i) {
        return starts[i];
    }

    int end(int i) {
        return ends[i];
    }

    /** {@link Keyword#NO_KEYWORD} if the token is none. */
    Keyword keyword(int i) {
        int kind = kind(i);
        return kind >= TokenKind.KEYWORD ? KEYWORDS[kind - TokenKind.KEYWORD] : Keyword.NO_KEYWORD;
    }

    boolean is(int i, Keyword keyword) {
        return kind(i) == TokenKind.of(keyword);
    }

    /** White space of PostgreSQL 17 and later only. */
    boolean hasVerticalTab() {
        return verticalTab;
    }

    void sawVerticalTab() {
        verticalTab = true;
    }
}
