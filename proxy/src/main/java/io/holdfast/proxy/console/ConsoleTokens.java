package io.holdfast.proxy.console;

import java.util.ArrayList;
import java.util.List;

/** Cuts a command into words, strings and single characters; comments as in SQL are skipped. */
final class ConsoleTokens {
    /** What a token is. */
    enum Kind {
        /** Letters, digits, underscores, and hyphens inside: {@code H-7K2M}. */
        WORD,
        /** In single quotes, a doubled one being one. */
        STRING,
        SYMBOL
    }

    /** Its text without quotes. */
    record Token(Kind kind, String text) {
        boolean is(String keyword) {
            return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
        }
    }

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private ConsoleTokens(String sql) {
        this.sql = sql;
    }

    static List<Token> of(String sql) throws ConsoleSyntaxException {
        ConsoleTokens scanner = new ConsoleTokens(sql);
        while (scanner.at < sql.length()) {
            scanner.scan();
        }
        return scanner.tokens;
    }

    private void scan() throws ConsoleSyntaxException {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            int newline = sql.indexOf('\n', at);
            at = newline < 0 ? sql.length() : newline;
        } else if (sql.startsWith("/*", at)) {
            int end = sql.indexOf("*/", at + 2);
            if (end < 0) {
                throw ConsoleSyntaxException.near("/*");
            }
            at = end + 2;
        } else if (c == '\'') {
            string();
        } else if (isWordPart(at)) {
            int end = at;
            while (end < sql.length() && isWordPart(end)) {
                end++;
            }
            add(Kind.WORD, sql.substring(at, end), end);
        } else {
            add(Kind.SYMBOL, String.valueOf(c), at + 1);
        }
    }

    private void string() throws ConsoleSyntaxException {
        StringBuilder content = new StringBuilder();
        for (int i = at + 1; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c != '\'') {
                content.append(c);
            } else if (i + 1 < sql.length() && sql.charAt(i + 1) == '\'') {
                content.append('\'');
                i++;
            } else {
                add(Kind.STRING, content.toString(), i + 1);
                return;
            }
        }
        throw ConsoleSyntaxException.near(sql.substring(at));
    }

    private void add(Kind kind, String text, int end) {
        tokens.add(new Token(kind, text));
        at = end;
    }

    private boolean isWordPart(int index) {
        char c = sql.charAt(index);
        return Character.isLetterOrDigit(c) || c == '_' || (c == '-' && !sql.startsWith("--", index));
    }
}
