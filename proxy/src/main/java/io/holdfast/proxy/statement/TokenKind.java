package io.holdfast.proxy.statement;

/**
 * Kinds of tokens as int, so that a buffer of them is one array: single characters are their own ASCII code, keywords
 * {@link #KEYWORD} plus their ordinal.
 */
final class TokenKind {
    /** After the last token. */
    static final int END = 0;

    static final int NAME = 128;
    static final int QUOTED_NAME = 129;
    static final int UNICODE_NAME = 130;
    static final int STRING = 131;
    static final int ESCAPE_STRING = 132;
    static final int UNICODE_STRING = 133;
    static final int DOLLAR_STRING = 134;
    static final int BIT_STRING = 135;
    static final int PARAMETER = 136;
    static final int INTEGER = 137;
    static final int NUMERIC = 138;
    static final int OPERATOR = 139;
    static final int TYPECAST = 140;
    static final int DOT_DOT = 141;
    static final int COLON_EQUALS = 142;
    static final int EQUALS_GREATER = 143;
    static final int LESS_EQUALS = 144;
    static final int GREATER_EQUALS = 145;
    static final int NOT_EQUALS = 146;

    /** Keywords start here. */
    static final int KEYWORD = 256;

    private TokenKind() {}

    @SuppressWarnings("EnumOrdinal") // never stored: kinds live as long as one text is read
    static int of(Keyword keyword) {
        return KEYWORD + keyword.ordinal();
    }

    static boolean isName(int kind) {
        return kind >= NAME && kind <= UNICODE_NAME;
    }

    static boolean isString(int kind) {
        return kind >= STRING && kind <= DOLLAR_STRING;
    }

    /** A constant as the grammar has it; without sign. */
    static boolean isConstant(int kind) {
        return kind >= STRING && kind <= NUMERIC && kind != PARAMETER;
    }

    static boolean isOperator(int kind) {
        return switch (kind) {
            case '+', '-', '*', '/', '%', '^', '<', '>', '=', '|' -> true;
            case OPERATOR, LESS_EQUALS, GREATER_EQUALS, NOT_EQUALS -> true;
            default -> false;
        };
    }
}
