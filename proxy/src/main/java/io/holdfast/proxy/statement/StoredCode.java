package io.holdfast.proxy.statement;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads code that a catalog holds, as the server prints it: queries of views, actions of rules, expressions of policies and checks,
 * bodies of functions. Like {@link StatementReader} it never throws: what is not understood is unparsed.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-CATALOG">System Catalog Information Functions</a>
 */
public final class StoredCode {
    private static final String ATOMIC = "BEGIN ATOMIC";
    private static final Set<String> MAKE_TABLES = Set.of("CREATE TABLE", "CREATE TABLE AS", "SELECT INTO");
    private static final Set<String> LOSE_ROWS = Set.of("DROP TABLE", "TRUNCATE TABLE", "DELETE", "UPDATE");
    private static final Set<String> WHEN_TO_ACT = Set.of("also", "instead");

    private StoredCode() {}

    /** A view's query, as of {@code pg_get_viewdef}. */
    public static List<StatementFacts> query(String sql) {
        return read(sql);
    }

    /** An expression, as of {@code pg_get_expr}. */
    public static List<StatementFacts> expression(String sql) {
        return read("SELECT " + sql);
    }

    /** Body of a function in language SQL: its text, or what {@code pg_get_function_sqlbody} prints. */
    public static List<StatementFacts> sqlBody(String body) {
        String text = body.strip();
        if (text.startsWith(ATOMIC) && text.endsWith("END")) {
            return lasting(read(text.substring(ATOMIC.length(), text.length() - "END".length())));
        }
        if (text.startsWith("RETURN ")) {
            return read("SELECT " + text.substring("RETURN ".length()));
        }
        return lasting(read(text));
    }

    /**
     * Body of a function in PL/pgSQL. It is not understood as a whole: the statements found in it are some of those that it may
     * run, and it may run others.
     */
    public static List<StatementFacts> plpgsqlBody(String body) {
        return lasting(PlpgsqlReader.statements(body));
    }

    /** What a rule does besides or instead, as of {@code pg_get_ruledef}. */
    public static List<StatementFacts> ruleAction(String definition) {
        byte[] sql = definition.getBytes(StandardCharsets.UTF_8);
        TokenBuffer tokens = new TokenBuffer();
        Lexer.lex(sql, 0, sql.length, tokens);
        int at = TokenSpan.find(tokens, Keyword.DO, 0, tokens.size());
        if (at < 0) {
            return List.of(Findings.unparsed("has a rule without an action", 0, sql.length));
        }
        at++;
        if (tokens.kind(at) == TokenKind.NAME && WHEN_TO_ACT.contains(Names.name(tokens, at))) {
            at++;
        }
        if (tokens.is(at, Keyword.NOTHING)) {
            return List.of();
        }
        String actions = new String(sql, tokens.start(at), sql.length - tokens.start(at), StandardCharsets.UTF_8);
        int close = actions.lastIndexOf(')');
        // Several actions stand in parentheses; one that is a query might, too, and means the same without.
        return read(tokens.kind(at) == '(' ? actions.substring(1, close) : actions);
    }

    /** Without what only touches temporary tables that the same body makes: nobody misses those. */
    private static List<StatementFacts> lasting(List<StatementFacts> statements) {
        Set<RelationName> temporary = statements.stream()
                .filter(statement -> statement.effect() instanceof SessionEffect.Pins
                        && MAKE_TABLES.contains(statement.command())
                        && !statement.relations().isEmpty())
                .map(StoredCode::made)
                .collect(Collectors.toSet());
        return temporary.isEmpty()
                ? statements
                : statements.stream()
                        .filter(statement -> !LOSE_ROWS.contains(statement.command())
                                || !temporary.containsAll(statement.relations()))
                        .toList();
    }

    private static RelationName made(StatementFacts statement) {
        return statement.command().equals("CREATE TABLE AS")
                ? statement.relations().getLast() // behind those of its query
                : statement.relations().getFirst();
    }

    private static List<StatementFacts> read(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return StatementReader.read(bytes, 0, bytes.length).statements();
    }
}
