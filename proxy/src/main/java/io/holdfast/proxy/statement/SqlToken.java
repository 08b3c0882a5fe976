package io.holdfast.proxy.statement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A token as PostgreSQL's scanner cuts it, for who compares or rewrites text. Comments are in none.
 *
 * @param text exactly as written
 * @param spaced white space or a comment stands before it
 */
public record SqlToken(Kind kind, String text, boolean spaced) {
    /** As far as readers of text care. */
    public enum Kind {
        /** A keyword or an unquoted name. */
        WORD,
        QUOTED_NAME,
        /** A string constant of any form, with all its parts. */
        STRING,
        /** {@code $1}. */
        PARAMETER,
        NUMBER,
        /** An operator or punctuation. */
        SYMBOL
    }

    /** The tokens of a text in UTF-8; empty if the scanner cannot get to its end. */
    public static Optional<List<SqlToken>> listOf(byte[] sql, int offset, int length) {
        TokenBuffer tokens = new TokenBuffer();
        try {
            Lexer.lex(sql, offset, length, tokens);
        } catch (Unreadable e) {
            return Optional.empty();
        }
        List<SqlToken> list = new ArrayList<>(tokens.size());
        int before = offset;
        for (int i = 0; i < tokens.size(); i++) {
            int start = tokens.start(i);
            String text = new String(sql, start, tokens.end(i) - start, StandardCharsets.UTF_8);
            list.add(new SqlToken(kind(tokens.kind(i)), text, start > before));
            before = tokens.end(i);
        }
        return Optional.of(list);
    }

    /** As {@link #listOf(byte[], int, int)}. */
    public static Optional<List<SqlToken>> listOf(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return listOf(bytes, 0, bytes.length);
    }

    /** Tokens as a text, with a blank where there was something between them. */
    public static String textOf(List<SqlToken> tokens) {
        StringBuilder out = new StringBuilder();
        for (SqlToken token : tokens) {
            if (token.spaced() && !out.isEmpty()) {
                out.append(' ');
            }
            out.append(token.text());
        }
        return out.toString();
    }

    /** Whether it is this keyword, in any case. */
    public boolean is(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    /** Whether it is this operator or punctuation. */
    public boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Whether the parser gets the same from both. */
    public boolean sameAs(SqlToken other) {
        return kind == other.kind && (kind == Kind.WORD ? text.equalsIgnoreCase(other.text) : text.equals(other.text));
    }

    private static Kind kind(int kind) {
        if (kind >= TokenKind.KEYWORD || kind == TokenKind.NAME) {
            return Kind.WORD;
        }
        return switch (kind) {
            case TokenKind.QUOTED_NAME, TokenKind.UNICODE_NAME -> Kind.QUOTED_NAME;
            case TokenKind.STRING,
                    TokenKind.ESCAPE_STRING,
                    TokenKind.UNICODE_STRING,
                    TokenKind.DOLLAR_STRING,
                    TokenKind.BIT_STRING -> Kind.STRING;
            case TokenKind.PARAMETER -> Kind.PARAMETER;
            case TokenKind.INTEGER, TokenKind.NUMERIC -> Kind.NUMBER;
            default -> Kind.SYMBOL;
        };
    }
}
