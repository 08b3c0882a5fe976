package io.holdfast.proxy.statement;

import java.nio.charset.StandardCharsets;

/**
 * SQL without its constants, for people who are to know what a statement does and not with which values. Strings of any kind become
 * {@code '?'}, dollar-quoted ones {@code $$?$$}, numbers {@code ?}; names, operators and comments stay. Pure.
 */
public final class LiteralMask {
    /** What stands for a text whose constants cannot be told from the rest. */
    public static final String UNREADABLE = "(cannot be read, so all of it is masked)";

    private LiteralMask() {}

    /** The text, or {@link #UNREADABLE}. */
    public static String of(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        TokenBuffer tokens = new TokenBuffer();
        try {
            Lexer.lex(bytes, 0, bytes.length, tokens);
        } catch (Unreadable e) {
            return UNREADABLE;
        }
        StringBuilder out = new StringBuilder(sql.length());
        int at = 0;
        for (int i = 0; i < tokens.size(); i++) {
            int kind = tokens.kind(i);
            if (TokenKind.isConstant(kind)) {
                out.append(text(bytes, at, tokens.start(i))).append(mask(kind));
                at = tokens.end(i);
            }
        }
        return out.append(text(bytes, at, bytes.length)).toString();
    }

    private static String mask(int kind) {
        return switch (kind) {
            case TokenKind.INTEGER, TokenKind.NUMERIC -> "?";
            case TokenKind.DOLLAR_STRING -> "$$?$$";
            default -> "'?'";
        };
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
