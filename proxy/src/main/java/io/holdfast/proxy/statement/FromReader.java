package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.AS;
import static io.holdfast.proxy.statement.Keyword.COLLATION;
import static io.holdfast.proxy.statement.Keyword.FOR;
import static io.holdfast.proxy.statement.Keyword.FROM;
import static io.holdfast.proxy.statement.Keyword.LATERAL;
import static io.holdfast.proxy.statement.Keyword.ON;
import static io.holdfast.proxy.statement.Keyword.ONLY;
import static io.holdfast.proxy.statement.Keyword.ORDINALITY;
import static io.holdfast.proxy.statement.Keyword.REPEATABLE;
import static io.holdfast.proxy.statement.Keyword.ROWS;
import static io.holdfast.proxy.statement.Keyword.SET;
import static io.holdfast.proxy.statement.Keyword.TABLESAMPLE;
import static io.holdfast.proxy.statement.Keyword.USING;
import static io.holdfast.proxy.statement.Keyword.WITH;

/**
 * The list behind FROM or USING: relations, functions, subqueries, joins. Read by the grammar, because {@code t(a, b)} is a call
 * in one place of it and an alias in another.
 */
final class FromReader {
    private FromReader() {}

    static void list(Reading r) {
        do {
            joined(r);
        } while (r.accept(','));
    }

    /** {@code [ONLY] name [*]}, noted as read. */
    static RelationName relation(Reading r) {
        RelationName name = target(r);
        r.reads(name);
        return name;
    }

    /** As {@link #relation}, but not noted. */
    static RelationName target(Reading r) {
        boolean parenthesised = r.accept(ONLY) && r.accept('(');
        RelationName name = r.qualifiedName();
        if (parenthesised) {
            r.expect(')');
        }
        r.accept('*');
        return name;
    }

    /** {@code [AS] alias [(columns)]}, {@code AS (columns)}; the SET of an UPDATE is no alias. */
    static void alias(Reading r) {
        if (r.accept(AS)) {
            if (!r.is('(')) {
                r.name();
            }
        } else if (r.isColumnName(0) && !r.is(SET)) {
            r.next();
        } else {
            return;
        }
        if (r.is('(')) {
            r.skipParentheses(); // names and types only
        }
    }

    /** One item with its joins: what MERGE has behind USING. */
    static void source(Reading r) {
        joined(r);
    }

    private static void joined(Reading r) {
        item(r);
        joins(r);
    }

    /** Each qualified join has one ON or USING; what is left over belongs to the INSERT or MERGE around. */
    private static void joins(Reading r) {
        int due = 0;
        boolean qualified = true;
        while (true) {
            switch (r.keyword()) {
                case CROSS, NATURAL -> {
                    qualified = false;
                    r.next();
                }
                case INNER, LEFT, RIGHT, FULL, OUTER -> r.next();
                case JOIN -> {
                    r.next();
                    item(r);
                    due += qualified ? 1 : 0;
                    qualified = true;
                }
                case ON, USING -> {
                    if (due-- == 0) {
                        return;
                    }
                    condition(r);
                }
                default -> {
                    return;
                }
            }
        }
    }

    private static void condition(Reading r) {
        if (r.accept(ON)) {
            ExpressionReader.condition(r);
        } else {
            r.expect(USING);
            r.skipParentheses(); // column names
            alias(r);
        }
    }

    private static void item(Reading r) {
        r.accept(LATERAL);
        if (r.is('(')) {
            parentheses(r);
        } else if (r.accept(ROWS, FROM)) {
            ExpressionReader.parentheses(r);
        } else if (r.accept(COLLATION, FOR)) {
            ExpressionReader.parentheses(r);
        } else if (isCall(r)) {
            call(r);
        } else {
            switch (r.keyword()) {
                case CURRENT_CATALOG,
                        CURRENT_DATE,
                        CURRENT_ROLE,
                        CURRENT_TIME,
                        CURRENT_TIMESTAMP,
                        CURRENT_USER,
                        LOCALTIME,
                        LOCALTIMESTAMP,
                        SESSION_USER,
                        SYSTEM_USER,
                        USER -> r.next();
                default -> relation(r);
            }
        }
        r.accept(WITH, ORDINALITY);
        alias(r);
        sample(r);
    }

    private static boolean isCall(Reading r) {
        int ahead = 0;
        while (r.kind(ahead + 1) == '.') {
            ahead += 2;
        }
        return r.kind(ahead + 1) == '(' && !r.is(ONLY);
    }

    private static void call(Reading r) {
        int first = r.position();
        while (!r.is('(')) {
            r.next();
        }
        CallReader.call(r, first, false);
        ExpressionReader.parentheses(r);
    }

    /** A subquery or a join in parentheses; of {@code ((...} only what follows the inner one tells which. */
    private static void parentheses(Reading r) {
        int names = r.enter();
        r.expect('(');
        if (QueryReader.startsQuery(r)) {
            QueryReader.query(r);
        } else if (r.is('(')) {
            parentheses(r);
            QueryReader.rest(r);
            alias(r);
            joins(r);
        } else {
            joined(r);
        }
        r.expect(')');
        r.leave(names);
    }

    private static void sample(Reading r) {
        if (!r.accept(TABLESAMPLE)) {
            return;
        }
        RelationName method = r.qualifiedName();
        if (!method.name().equals("system") && !method.name().equals("bernoulli")) {
            r.found().raise(StatementClass.WRITE, "samples with " + method + ", which is not a built-in");
        }
        ExpressionReader.parentheses(r);
        if (r.accept(REPEATABLE)) {
            ExpressionReader.parentheses(r);
        }
    }
}
