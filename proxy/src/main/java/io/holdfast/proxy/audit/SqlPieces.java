package io.holdfast.proxy.audit;

import org.jspecify.annotations.Nullable;

/**
 * Cuts SQL into what the redactor must tell apart. Not the lexer that verdicts rest on: it works on decoded text, keeps every
 * character, and takes whatever is unfinished to the end.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical Structure</a>
 */
final class SqlPieces {
    /** What a piece is. */
    enum Kind {
        SPACE,
        COMMENT,
        /** Keywords, names (quoted ones too) and numbers. */
        WORD,
        /** One character. */
        SYMBOL,
        QUOTED,
        DOLLAR_QUOTED
    }

    /** Of a literal, the body is what is between the quotes; of anything else, all of it. */
    record Piece(Kind kind, int start, int bodyStart, int bodyEnd, int end) {
        Piece(Kind kind, int start, int end) {
            this(kind, start, start, end, end);
        }
    }

    private final String sql;
    private int at;

    SqlPieces(String sql) {
        this.sql = sql;
    }

    /** The next piece; it starts where the last one ended. Null: that was the last. */
    @Nullable
    Piece next() {
        if (at == sql.length()) {
            return null;
        }
        Piece piece = scan(sql.charAt(at));
        at = piece.end();
        return piece;
    }

    private Piece scan(char c) {
        if (isSpace(c)) {
            int end = at + 1;
            while (end < sql.length() && isSpace(sql.charAt(end))) {
                end++;
            }
            return new Piece(Kind.SPACE, at, end);
        }
        if (sql.startsWith("--", at)) {
            int end = at;
            while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
                end++;
            }
            return new Piece(Kind.COMMENT, at, end);
        }
        if (sql.startsWith("/*", at)) {
            return new Piece(Kind.COMMENT, at, blockCommentEnd());
        }
        if (c == '\'') {
            return quoted(at, false);
        }
        if (c == '"') {
            return new Piece(Kind.WORD, at, Math.min(closing(at + 1, '"', false) + 1, sql.length()));
        }
        if (c == '$') {
            return dollarQuoted();
        }
        return isWordPart(c) ? word() : new Piece(Kind.SYMBOL, at, at + 1);
    }

    /** A word, or the literal that it is the prefix of. */
    private Piece word() {
        if (sql.regionMatches(true, at, "U&'", 0, 3)) {
            return quoted(at + 2, false);
        }
        int end = at + 1;
        while (end < sql.length() && (isWordPart(sql.charAt(end)) || sql.charAt(end) == '$')) {
            end++;
        }
        if (end - at == 1 && end < sql.length() && sql.charAt(end) == '\'') {
            char prefix = sql.charAt(at);
            if ("EeBbXxNn".indexOf(prefix) >= 0) {
                return quoted(end, prefix == 'E' || prefix == 'e');
            }
        }
        return new Piece(Kind.WORD, at, end);
    }

    private Piece quoted(int quote, boolean backslashes) {
        int close = closing(quote + 1, '\'', backslashes);
        return new Piece(Kind.QUOTED, at, quote + 1, close, Math.min(close + 1, sql.length()));
    }

    /** The offset of the closing quote, a doubled one being content; the end of the text if there is none. */
    private int closing(int from, char quote, boolean backslashes) {
        for (int i = from; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '\\' && backslashes) {
                i++;
            } else if (c == quote) {
                if (i + 1 == sql.length() || sql.charAt(i + 1) != quote) {
                    return i;
                }
                i++;
            }
        }
        return sql.length();
    }

    private Piece dollarQuoted() {
        int tagEnd = at + 1;
        while (tagEnd < sql.length() && isWordPart(sql.charAt(tagEnd))) {
            tagEnd++;
        }
        boolean isParameter = tagEnd > at + 1 && Character.isDigit(sql.charAt(at + 1));
        if (isParameter || tagEnd == sql.length() || sql.charAt(tagEnd) != '$') {
            return new Piece(Kind.SYMBOL, at, at + 1);
        }
        String delimiter = sql.substring(at, tagEnd + 1);
        int close = sql.indexOf(delimiter, tagEnd + 1);
        return close < 0
                ? new Piece(Kind.DOLLAR_QUOTED, at, tagEnd + 1, sql.length(), sql.length())
                : new Piece(Kind.DOLLAR_QUOTED, at, tagEnd + 1, close, close + delimiter.length());
    }

    private int blockCommentEnd() {
        int depth = 0;
        for (int i = at; i < sql.length() - 1; i++) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (sql.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return sql.length();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** As the server has it, every character outside ASCII is a letter. */
    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
    }
}
