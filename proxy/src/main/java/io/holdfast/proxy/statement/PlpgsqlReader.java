package io.holdfast.proxy.statement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds SQL in the body of a PL/pgSQL function: statements, calls in expressions, and what dynamic SQL begins with. It knows the
 * words of the language, not its grammar, so what it finds is what the function may do at least. What it does not understand it
 * leaves out; whoever asks must not take that for harmless.
 *
 * @see <a href="https://www.postgresql.org/docs/current/plpgsql-structure.html">Structure of PL/pgSQL</a>
 */
final class PlpgsqlReader {
    /** A statement may stand behind them. */
    private static final Set<String> OPENERS = Set.of("begin", "else", "loop", "exception", "declare");

    /** They are followed by a condition or query, and then by a word that ends it. */
    private static final Set<String> HEADS = Set.of("if", "elsif", "elseif", "while", "for", "foreach", "when", "case");

    /** They are followed by expressions at most. */
    private static final Set<String> EXPRESSIONS = Set.of("return", "raise", "assert", "exit", "continue", "open");

    private static final Set<String> LOSING = Set.of("truncate", "drop");

    private final TokenBuffer tokens = new TokenBuffer();
    private final List<StatementFacts> found = new ArrayList<>();

    private PlpgsqlReader() {}

    static List<StatementFacts> statements(String body) {
        byte[] sql = body.getBytes(StandardCharsets.UTF_8);
        PlpgsqlReader reader = new PlpgsqlReader();
        try {
            Lexer.lex(sql, 0, sql.length, reader.tokens);
            reader.read();
        } catch (RuntimeException e) {
            // The rest of the body is not known: as the class comment says.
        }
        return List.copyOf(reader.found);
    }

    private void read() {
        int from = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.kind(i) == ';') {
                fragment(from, i);
                from = i + 1;
            }
        }
    }

    /** Everything up to a semicolon: words of the language, and perhaps one statement behind them. */
    private void fragment(int from, int end) {
        int at = from;
        while (at < end) {
            String word = word(at);
            if (OPENERS.contains(word)) {
                at++;
            } else if (HEADS.contains(word)) {
                int stop = endOfHead(at, end);
                head(at + 1, stop);
                at = stop + 1;
            } else {
                statement(word, at, end);
                return;
            }
        }
    }

    /** Index of the THEN or LOOP that ends a condition, or of the end. */
    private int endOfHead(int from, int end) {
        int open = 0;
        for (int i = from; i < end; i++) {
            switch (tokens.kind(i)) {
                case '(' -> open++;
                case ')' -> open--;
                default -> {
                    if (open == 0 && (tokens.is(i, Keyword.THEN) || word(i).equals("loop"))) {
                        return i;
                    }
                }
            }
        }
        return end;
    }

    /** {@code FOR r IN SELECT ... LOOP} runs a query; the others have expressions. */
    private void head(int from, int end) {
        for (int i = from; i < end; i++) {
            if (tokens.is(i, Keyword.IN) && startsStatement(word(i + 1))) {
                statement(word(i + 1), i + 1, end);
                return;
            }
        }
        expression(from, end);
    }

    private static boolean startsStatement(String word) {
        return switch (word) {
            case "select", "with", "execute", "insert", "update", "delete", "merge", "values" -> true;
            default -> false;
        };
    }

    private void statement(String word, int at, int end) {
        switch (word) {
            case "perform" -> expression(at + 1, end);
            case "execute" -> dynamic(at + 1, end);
            case "return" -> {
                boolean query = word(at + 1).equals("query");
                String next = word(at + 2);
                if (query && startsStatement(next)) {
                    statement(next, at + 2, end);
                } else {
                    expression(at + 1, end);
                }
            }
            default -> {
                if (EXPRESSIONS.contains(word) || isAssignment(at, end)) {
                    expression(at + 1, end);
                } else {
                    sql(at, end);
                }
            }
        }
    }

    /** {@code name := expression}, with the type in a declaration between. */
    private boolean isAssignment(int at, int end) {
        for (int i = at; i < end; i++) {
            if (tokens.kind(i) == TokenKind.COLON_EQUALS) {
                return true;
            }
        }
        return tokens.kind(at + 1) == '=';
    }

    private void sql(int from, int end) {
        if (from < end) {
            Reading r = new Reading(tokens, from, end);
            try {
                CommandReader.statement(r);
            } catch (RuntimeException e) {
                return; // a declaration, or a word of the language that is not known here
            }
            add(r, from, end);
        }
    }

    private void expression(int from, int end) {
        Reading r = new Reading(tokens, from, end);
        try {
            ExpressionReader.list(r);
        } catch (RuntimeException e) {
            // What was found before it counts.
        }
        add(r, from, end);
    }

    /** Of SQL that is put together while it runs, constants show at least how it begins. */
    private void dynamic(int from, int end) {
        expression(from, end);
        for (int i = from; i < end; i++) {
            if (TokenKind.isString(tokens.kind(i))) {
                String text = Names.string(tokens, i).strip();
                String first = text.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
                if (LOSING.contains(first)) {
                    Reading r = new Reading(tokens, from, end);
                    r.found().command("EXECUTE");
                    r.found().raise(StatementClass.DESTRUCTIVE, "runs SQL that begins with " + first);
                    add(r, from, end);
                }
            }
        }
    }

    private void add(Reading r, int from, int end) {
        if (from < end) {
            found.add(r.found().facts(tokens.start(from), tokens.end(end - 1)));
        }
    }

    private String word(int i) {
        int kind = tokens.kind(i);
        return kind == TokenKind.NAME || kind >= TokenKind.KEYWORD ? Names.name(tokens, i) : "";
    }
}
