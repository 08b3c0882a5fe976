package io.holdfast.proxy.statement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A place in the tokens of one statement, and what has been found before it. */
final class Reading {
    /** Queries inside queries; parentheses inside an expression do not count. Far above what people and ORMs write. */
    private static final int MAX_DEPTH = 200;

    /** What SQL in a string of SQL counts for. */
    private static final int GIVEN_DEPTH = 20;

    /** They are looked up one by one. */
    private static final int MAX_COMMON_NAMES = 1_000;

    private final TokenBuffer tokens;
    private final int first;
    private final int end;
    private final Findings found = new Findings();
    private final List<String> commonNames;
    private int at;
    private int depth;

    /** Of the tokens {@code first..end)}. */
    Reading(TokenBuffer tokens, int first, int end) {
        this(tokens, first, end, 0, new ArrayList<>(2));
    }

    private Reading(TokenBuffer tokens, int first, int end, int depth, List<String> commonNames) {
        this.tokens = tokens;
        this.first = first;
        this.at = first;
        this.end = end;
        this.depth = depth;
        this.commonNames = commonNames;
    }

    /** A statement wrapped in this one, with findings of its own. */
    Reading inner(int from, int to) {
        Reading inner = new Reading(tokens, from, to, depth, new ArrayList<>(commonNames));
        inner.enter();
        return inner;
    }

    /** Reads SQL that is a constant of this statement, and takes its findings over. */
    void given(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        TokenBuffer own = new TokenBuffer();
        Lexer.lex(bytes, 0, bytes.length, own);
        for (int from = 0; from < own.size(); ) {
            int to = StatementSplitter.end(own, from);
            if (to > from) {
                Reading given = new Reading(own, from, to, depth + GIVEN_DEPTH, new ArrayList<>(2));
                given.enter();
                CommandReader.statement(given);
                found.absorb(given.found);
            }
            from = to + 1;
        }
    }

    Findings found() {
        return found;
    }

    TokenBuffer tokens() {
        return tokens;
    }

    int first() {
        return first;
    }

    int end() {
        return end;
    }

    /** Index of the token to be read next. */
    int position() {
        return at;
    }

    void position(int token) {
        at = token;
    }

    int kind() {
        return kind(0);
    }

    int kind(int ahead) {
        return at + ahead < end ? tokens.kind(at + ahead) : TokenKind.END;
    }

    Keyword keyword() {
        return keyword(0);
    }

    Keyword keyword(int ahead) {
        return at + ahead < end ? tokens.keyword(at + ahead) : Keyword.NO_KEYWORD;
    }

    boolean is(Keyword keyword) {
        return keyword() == keyword;
    }

    boolean is(char single) {
        return kind() == single;
    }

    boolean isEnd() {
        return at >= end;
    }

    void next() {
        at++;
    }

    boolean accept(Keyword keyword) {
        if (is(keyword)) {
            at++;
            return true;
        }
        return false;
    }

    /** Both words or neither. */
    boolean accept(Keyword one, Keyword two) {
        if (is(one) && keyword(1) == two) {
            at += 2;
            return true;
        }
        return false;
    }

    boolean accept(char single) {
        if (is(single)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(Keyword keyword) {
        if (!accept(keyword)) {
            throw unexpected();
        }
    }

    void expect(char single) {
        if (!accept(single)) {
            throw unexpected();
        }
    }

    void expectEnd() {
        if (!isEnd()) {
            throw unexpected();
        }
    }

    /** For a token that the grammar, as far as it is known here, does not allow. */
    Unreadable unexpected() {
        return new Unreadable(isEnd() ? "ends too early" : "unexpected " + word(at));
    }

    /** A token as people may see it. */
    String word(int i) {
        byte[] sql = tokens.sql();
        int length = Math.min(tokens.end(i) - tokens.start(i), Names.MAX_BYTES);
        byte[] bytes = Arrays.copyOfRange(sql, tokens.start(i), tokens.start(i) + length);
        return Names.text(bytes).replaceAll("[\\p{Cntrl}]", "?");
    }

    /** Whether the token ahead may name a relation, column or alias without AS. */
    boolean isColumnName(int ahead) {
        int kind = kind(ahead);
        return TokenKind.isName(kind) || keyword(ahead).isColumnName();
    }

    /** Reads a name that may be any word but a reserved one. */
    String name() {
        if (!isColumnName(0) && !keyword().isFunctionName()) {
            throw unexpected();
        }
        return Names.name(tokens, at++);
    }

    /** Reads a name, or one reserved word. */
    String name(Keyword reserved) {
        return is(reserved) ? Names.name(tokens, at++) : name();
    }

    /** Reads {@code name}, {@code schema.name} or {@code database.schema.name}. */
    RelationName qualifiedName() {
        String schema = null;
        String name = name();
        while (is('.') && !isEnd()) {
            at++;
            if (isEnd() || (!TokenKind.isName(kind()) && keyword() == Keyword.NO_KEYWORD)) {
                throw unexpected();
            }
            schema = name;
            name = Names.name(tokens, at++);
        }
        return new RelationName(schema, name);
    }

    /** From an opening parenthesis to behind its closing one, which the splitter has seen to be there. */
    void skipParentheses() {
        int open = 0;
        do {
            if (isEnd()) {
                throw unexpected();
            }
            if (is('(')) {
                open++;
            } else if (is(')')) {
                open--;
            }
            at++;
        } while (open > 0);
    }

    /** One level deeper; pair with {@link #leave}. */
    int enter() {
        if (++depth > MAX_DEPTH) {
            throw new Unreadable("more than " + MAX_DEPTH + " levels deep");
        }
        return commonNames.size();
    }

    /** Back out, with the names of common table expressions that were known before {@link #enter}. */
    void leave(int names) {
        depth--;
        commonNames.subList(names, commonNames.size()).clear();
    }

    void commonName(String name) {
        if (commonNames.size() == MAX_COMMON_NAMES) {
            throw new Unreadable("more than " + MAX_COMMON_NAMES + " common table expressions");
        }
        commonNames.add(name);
    }

    /** Notes a relation that is read, unless the name is that of a common table expression. */
    void reads(RelationName name) {
        if (name.schema() != null || !commonNames.contains(name.name())) {
            found.relation(name);
        }
    }
}
