package io.holdfast.proxy.statement;

import org.jspecify.annotations.Nullable;

/** Decides what a name before a parenthesis is, and what calling it can do. */
final class CallReader {
    private CallReader() {}

    /**
     * The name starts at token {@code first}; the reading stands at the parenthesis behind it.
     *
     * @param grouping in GROUP BY, where CUBE and ROLLUP are no functions
     */
    static void call(Reading r, int first, boolean grouping) {
        int last = r.position() - 1;
        TokenBuffer tokens = r.tokens();
        if (first == last) {
            if (isGrammar(r, first) || (grouping && isGroupingSet(tokens, first))) {
                return;
            }
            int kind = tokens.kind(first);
            if (kind == TokenKind.NAME || kind >= TokenKind.KEYWORD) {
                FunctionEffects.Known known =
                        FunctionEffects.ofUnquoted(tokens.sql(), tokens.start(first), tokens.end(first));
                if (known != null) {
                    record(r, known.name(), known.effect());
                    return;
                }
            }
            String name = Names.name(tokens, first);
            record(r, new RelationName(null, name), FunctionEffects.of(name));
        } else {
            String schema = Names.name(tokens, last - 2);
            String name = Names.name(tokens, last);
            record(r, new RelationName(schema, name), qualified(schema, name));
        }
    }

    /** GROUPING SETS, CUBE, ROLLUP. */
    static boolean isGroupingSet(TokenBuffer tokens, int first) {
        return switch (tokens.keyword(first)) {
            case SETS, CUBE, ROLLUP -> true;
            default -> false;
        };
    }

    /** Of a function by its name; null: not known. */
    static @Nullable FunctionEffect effect(RelationName function) {
        String schema = function.schema();
        return schema == null ? FunctionEffects.of(function.name()) : qualified(schema, function.name());
    }

    private static @Nullable FunctionEffect qualified(String schema, String name) {
        return switch (schema) {
            case "pg_catalog" -> FunctionEffects.of(name);
            case "information_schema" -> FunctionEffects.of(schema + '.' + name);
            case "cron", "pgagent" -> FunctionEffect.IRREVERSIBLE;
            default -> {
                // An extension may live in any schema: dblink.dblink_exec is as dangerous as dblink_exec.
                FunctionEffect effect = FunctionEffects.of(name);
                yield effect == null || effect.statementClass().compareTo(StatementClass.WRITE) <= 0 ? null : effect;
            }
        };
    }

    /** Words that stand before a parenthesis without being called. */
    private static boolean isGrammar(Reading r, int at) {
        TokenBuffer tokens = r.tokens();
        Keyword keyword = tokens.keyword(at);
        Keyword before = tokens.keyword(at - 1);
        return switch (keyword) {
            case NO_KEYWORD -> false;
            case OVER -> tokens.kind(at - 1) == ')';
            case FILTER -> tokens.kind(at - 1) == ')';
            case BY -> before == Keyword.PARTITION || before == Keyword.ORDER || before == Keyword.GROUP;
            case SETS -> before == Keyword.GROUPING;
            case ZONE -> before == Keyword.TIME;
            case SECOND ->
                before == Keyword.TO || before == Keyword.INTERVAL || TokenKind.isString(tokens.kind(at - 1));
            case VARYING -> before == Keyword.CHARACTER || before == Keyword.CHAR || before == Keyword.BIT;
            case LIKE, ILIKE, OVERLAPS, ESCAPE, ISNULL, NOTNULL -> isOperand(tokens, at - 1);
            case COLUMNS, PASSING, ROWS, RANGE, GROUPS -> isOperand(tokens, at - 1);
            default -> !keyword.isFunctionName(); // COALESCE, EXTRACT, CAST, types
        };
    }

    /** Whether an operand can end here, so that an operator is due and no call. */
    private static boolean isOperand(TokenBuffer tokens, int at) {
        int kind = tokens.kind(at);
        return kind == ')'
                || kind == ']'
                || TokenKind.isName(kind)
                || TokenKind.isConstant(kind)
                || kind == TokenKind.PARAMETER
                || tokens.is(at, Keyword.NOT)
                || (kind >= TokenKind.KEYWORD && tokens.keyword(at).isColumnName());
    }

    private static void record(Reading r, RelationName name, @Nullable FunctionEffect effect) {
        Findings found = r.found();
        found.function(name);
        if (effect == null) {
            found.userFunction(name);
            return;
        }
        switch (effect) {
            case HARMLESS -> {}
            case RUNS_SQL -> GivenSql.call(r, name);
            case SESSION_LOCK -> {
                raise(found, name, effect);
                found.effect(called(name));
            }
            case SETS -> SetConfigReader.call(r);
            case SESSION_STATE -> {
                raise(found, name, effect);
                found.effect(called(name));
            }
            case PRIMARY, CONTROL, IRREVERSIBLE -> raise(found, name, effect);
        }
    }

    private static SessionEffect called(RelationName name) {
        String reason = "has called " + name;
        return new SessionEffect.Pins(SessionEffect.Kind.CALL, reason, reason);
    }

    private static void raise(Findings found, RelationName name, FunctionEffect effect) {
        found.raise(effect.statementClass(), "calls " + name + ", which " + effect.words());
    }
}
