package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.TokenKind.BIT_STRING;
import static io.holdfast.proxy.statement.TokenKind.COLON_EQUALS;
import static io.holdfast.proxy.statement.TokenKind.DOT_DOT;
import static io.holdfast.proxy.statement.TokenKind.ESCAPE_STRING;
import static io.holdfast.proxy.statement.TokenKind.NAME;
import static io.holdfast.proxy.statement.TokenKind.QUOTED_NAME;
import static io.holdfast.proxy.statement.TokenKind.STRING;
import static io.holdfast.proxy.statement.TokenKind.TYPECAST;
import static io.holdfast.proxy.statement.TokenKind.UNICODE_NAME;
import static io.holdfast.proxy.statement.TokenKind.UNICODE_STRING;

/**
 * Cuts a text into tokens exactly where PostgreSQL 18 does, with standard_conforming_strings on and an encoding in which
 * ASCII bytes are always ASCII. One state machine over bytes: comments, strings and names are never looked for in passes.
 * Where servers of other versions cut elsewhere ({@code select 1from t} before 15), the text is refused.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical Structure</a>
 */
final class Lexer {
    private final byte[] sql;
    private final int end;
    private final TokenBuffer out;
    private int at;

    /** Of {@code sql[offset..end)}, for who goes step by step. */
    Lexer(byte[] sql, int offset, int end, TokenBuffer out) {
        this.sql = sql;
        this.at = offset;
        this.end = end;
        this.out = out;
    }

    /**
     * Fills {@code out} with the tokens of {@code sql[offset..offset + length)}.
     *
     * @throws Unreadable where PostgreSQL's scanner fails too: an open string or comment, a NUL, a stray byte
     */
    static void lex(byte[] sql, int offset, int length, TokenBuffer out) {
        out.reset(sql);
        for (int i = offset; i < offset + length; i++) {
            if (sql[i] == 0) {
                throw new Unreadable("has a NUL byte");
            }
        }
        Lexer lexer = new Lexer(sql, offset, offset + length, out);
        while (lexer.at < lexer.end) {
            lexer.step();
        }
    }

    /** Offset of the byte to be looked at next. */
    int at() {
        return at;
    }

    void at(int offset) {
        at = offset;
    }

    /**
     * Goes over one token, comment or byte of white space; there must be one.
     *
     * @throws Unreadable as {@link #lex}; nothing behind it can be read
     */
    void step() {
        byte b = sql[at];
        switch (ByteClass.of(b)) {
            case ByteClass.SPACE -> space(b);
            case ByteClass.LETTER -> word(b);
            case ByteClass.DIGIT -> at = NumberLexer.number(sql, at, end, out);
            case ByteClass.SELF -> single();
            case ByteClass.QUOTE -> string(at, STRING);
            case ByteClass.DOUBLE_QUOTE -> quotedName(at, QUOTED_NAME);
            case ByteClass.DOLLAR -> at = DollarLexer.dollar(sql, at, end, out);
            case ByteClass.DOT -> dot();
            case ByteClass.COLON -> colon();
            case ByteClass.OPERATOR -> operatorOrComment(b);
            default -> throw new Unreadable("has a byte that starts nothing: " + (b & 0xff));
        }
    }

    private void space(byte b) {
        if (b == 0x0b) {
            out.sawVerticalTab();
        }
        at++;
    }

    private void single() {
        out.add(sql[at], at, at + 1);
        at++;
    }

    private void dot() {
        if (isAt(at + 1, '.')) {
            add(DOT_DOT, 2);
        } else if (at + 1 < end && ByteClass.of(sql[at + 1]) == ByteClass.DIGIT) {
            at = NumberLexer.number(sql, at, end, out);
        } else {
            single();
        }
    }

    private void colon() {
        if (isAt(at + 1, ':')) {
            add(TYPECAST, 2);
        } else if (isAt(at + 1, '=')) {
            add(COLON_EQUALS, 2);
        } else {
            single();
        }
    }

    private void word(byte first) {
        if (isAt(at + 1, '\'')) {
            switch (ByteClass.fold(first)) {
                case 'e' -> {
                    string(at + 1, ESCAPE_STRING);
                    return;
                }
                case 'b', 'x' -> {
                    string(at + 1, BIT_STRING);
                    return;
                }
                // N'...' is the keyword NCHAR and a string, backslashes and all.
                case 'n' -> {
                    add(TokenKind.of(Keyword.NCHAR), 1);
                    return;
                }
                default -> {}
            }
        } else if (ByteClass.fold(first) == 'u' && isAt(at + 1, '&')) {
            if (isAt(at + 2, '\'')) {
                string(at + 2, UNICODE_STRING);
                return;
            } else if (isAt(at + 2, '"')) {
                quotedName(at + 2, UNICODE_NAME);
                return;
            }
        }
        int stop = at + 1;
        while (stop < end && ByteClass.continuesName(sql[stop])) {
            stop++;
        }
        Keyword keyword = Keyword.find(sql, at, stop);
        out.add(keyword == Keyword.NO_KEYWORD ? NAME : TokenKind.of(keyword), at, stop);
        at = stop;
    }

    private void string(int quote, int kind) {
        int start = at;
        at = StringLexer.end(sql, quote, end, kind);
        out.add(kind, start, at);
        int size = out.size();
        if (kind == STRING && out.is(size - 2, Keyword.UESCAPE) && isUnicode(out.kind(size - 3))) {
            if (at - start != 3) {
                throw new Unreadable("has an invalid UESCAPE character");
            }
            out.foldUescape();
        }
    }

    private static boolean isUnicode(int kind) {
        return kind == UNICODE_NAME || kind == UNICODE_STRING;
    }

    private void quotedName(int quote, int kind) {
        int start = at;
        int i = quote + 1;
        for (; ; i++) {
            if (i >= end) {
                throw new Unreadable("has a quoted name that does not end");
            }
            if (sql[i] == '"') {
                if (!isAt(i + 1, '"')) {
                    break;
                }
                i++;
            }
        }
        if (i == quote + 1) {
            throw new Unreadable("has a name of no length");
        }
        at = i + 1;
        out.add(kind, start, at);
    }

    private void operatorOrComment(byte b) {
        if (b == '-' && isAt(at + 1, '-')) {
            while (at < end && !ByteClass.isNewline(sql[at])) {
                at++;
            }
        } else if (b == '/' && isAt(at + 1, '*')) {
            comment();
        } else {
            at = OperatorLexer.operator(sql, at, end, out);
        }
    }

    /** Comments nest; each delimiter takes its two bytes, so no byte belongs to two of them. */
    private void comment() {
        int depth = 1;
        int i = at + 2;
        while (depth > 0) {
            if (i + 1 >= end) {
                throw new Unreadable("has a comment that does not end");
            }
            if (sql[i] == '*' && sql[i + 1] == '/') {
                depth--;
                i += 2;
            } else if (sql[i] == '/' && sql[i + 1] == '*') {
                depth++;
                i += 2;
            } else {
                i++;
            }
        }
        at = i;
    }

    private void add(int kind, int bytes) {
        out.add(kind, at, at + bytes);
        at += bytes;
    }

    private boolean isAt(int i, char b) {
        return i < end && sql[i] == b;
    }
}
