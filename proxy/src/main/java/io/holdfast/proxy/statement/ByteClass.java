package io.holdfast.proxy.statement;

/**
 * What a byte can start or continue, as PostgreSQL's scanner has it. Bytes from 0x80 up are letters whatever they encode, so NBSP,
 * U+2028 and a byte order mark are parts of names, not white space.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical Structure</a>
 */
final class ByteClass {
    static final byte INVALID = 0;
    static final byte SPACE = 1;
    static final byte LETTER = 2;
    static final byte DIGIT = 3;
    /** May be part of an operator; some of these also stand alone. */
    static final byte OPERATOR = 4;
    /** Always a token of its own: {@code , ( ) [ ] ;}. */
    static final byte SELF = 5;

    static final byte QUOTE = 6;
    static final byte DOUBLE_QUOTE = 7;
    static final byte DOLLAR = 8;
    static final byte DOT = 9;
    static final byte COLON = 10;

    private static final byte[] CLASSES = new byte[256];

    static {
        set(" \t\n\r\f\u000b", SPACE);
        set("0123456789", DIGIT);
        set("~!@#^&|`?+-*/%<>=", OPERATOR);
        set(",()[];", SELF);
        set("'", QUOTE);
        set("\"", DOUBLE_QUOTE);
        set("$", DOLLAR);
        set(".", DOT);
        set(":", COLON);
        set("_", LETTER);
        for (int b = 'a'; b <= 'z'; b++) {
            CLASSES[b] = LETTER;
            CLASSES[b - 'a' + 'A'] = LETTER;
        }
        for (int b = 0x80; b <= 0xff; b++) {
            CLASSES[b] = LETTER;
        }
    }

    private ByteClass() {}

    static byte of(byte b) {
        return CLASSES[b & 0xff];
    }

    /** Letters, digits and the dollar sign go on with a name. */
    static boolean continuesName(byte b) {
        byte c = of(b);
        return c == LETTER || c == DIGIT || c == DOLLAR;
    }

    /** As a name, without the dollar sign, which would end the tag. */
    static boolean continuesDollarTag(byte b) {
        byte c = of(b);
        return c == LETTER || c == DIGIT;
    }

    static boolean isNewline(byte b) {
        return b == '\n' || b == '\r';
    }

    /** ASCII only: the case of other letters is part of a name, in every locale. */
    static byte fold(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
    }

    private static void set(String bytes, byte value) {
        for (int i = 0; i < bytes.length(); i++) {
            CLASSES[bytes.charAt(i)] = value;
        }
    }
}
