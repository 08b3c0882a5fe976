package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.ALL;
import static io.holdfast.proxy.statement.Keyword.BY;
import static io.holdfast.proxy.statement.Keyword.DISTINCT;
import static io.holdfast.proxy.statement.Keyword.FROM;
import static io.holdfast.proxy.statement.Keyword.GROUP;
import static io.holdfast.proxy.statement.Keyword.HAVING;
import static io.holdfast.proxy.statement.Keyword.INTO;
import static io.holdfast.proxy.statement.Keyword.ON;
import static io.holdfast.proxy.statement.Keyword.TABLE;
import static io.holdfast.proxy.statement.Keyword.TIES;
import static io.holdfast.proxy.statement.Keyword.WHERE;
import static io.holdfast.proxy.statement.Keyword.WINDOW;
import static io.holdfast.proxy.statement.Keyword.WITH;

/**
 * Reads SELECT, VALUES and TABLE with all that can stand in them.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-select.html">SELECT</a>
 */
final class QueryReader {
    private QueryReader() {}

    /** Whether a query, or a statement that a WITH clause may hold, starts here: right behind a parenthesis. */
    static boolean startsQuery(Reading r) {
        return switch (r.keyword()) {
            case SELECT, WITH -> true;
            case VALUES -> r.kind(1) == '(';
            case TABLE -> r.isColumnName(1);
            case INSERT, MERGE -> r.keyword(1) == INTO;
            case DELETE -> r.keyword(1) == FROM;
            case UPDATE -> r.keyword(1) == Keyword.ONLY || r.isColumnName(1);
            default -> false;
        };
    }

    /** A query with its WITH clause, set operations and tail; or a data-modifying statement where one may stand. */
    static void query(Reading r) {
        int names = r.enter();
        if (r.is(WITH)) {
            WithReader.with(r);
        }
        switch (r.keyword()) {
            case INSERT -> InsertReader.insert(r);
            case UPDATE -> ModifyReader.update(r);
            case DELETE -> ModifyReader.delete(r);
            case MERGE -> MergeReader.merge(r);
            default -> {
                r.found().command("SELECT");
                term(r);
                rest(r);
            }
        }
        r.leave(names);
    }

    /** What may follow the first term: more terms, ORDER BY, LIMIT, locks. */
    static void rest(Reading r) {
        while (true) {
            switch (r.keyword()) {
                case UNION, INTERSECT, EXCEPT -> {
                    r.next();
                    if (!r.accept(ALL)) {
                        r.accept(DISTINCT);
                    }
                    term(r);
                }
                case ORDER -> {
                    r.next();
                    r.expect(BY);
                    ExpressionReader.list(r);
                    while (r.accept(Keyword.USING)) { // ORDER BY x USING <
                        ExpressionReader.list(r);
                    }
                }
                case LIMIT, OFFSET -> {
                    r.next();
                    ExpressionReader.list(r);
                }
                case FETCH -> {
                    r.next();
                    r.next(); // FIRST or NEXT
                    ExpressionReader.list(r);
                    r.accept(WITH, TIES);
                }
                case FOR -> {
                    r.next();
                    LockingClause.clause(r);
                }
                default -> {
                    return;
                }
            }
        }
    }

    private static void term(Reading r) {
        switch (r.keyword()) {
            case SELECT -> select(r);
            case VALUES -> {
                r.next();
                ExpressionReader.list(r);
            }
            case TABLE -> {
                r.next();
                FromReader.relation(r);
            }
            default -> {
                r.expect('(');
                query(r);
                r.expect(')');
            }
        }
    }

    private static void select(Reading r) {
        r.next();
        if (!r.accept(ALL) && r.accept(DISTINCT)) {
            r.accept(ON);
        }
        ExpressionReader.list(r);
        if (r.accept(INTO)) {
            into(r);
        }
        if (r.accept(FROM)) {
            FromReader.list(r);
        }
        if (r.accept(WHERE)) {
            ExpressionReader.list(r);
        }
        if (r.accept(GROUP)) {
            r.expect(BY);
            if (!r.accept(ALL)) {
                r.accept(DISTINCT);
            }
            ExpressionReader.groupBy(r);
        }
        if (r.accept(HAVING)) {
            ExpressionReader.list(r);
        }
        if (r.accept(WINDOW)) {
            ExpressionReader.list(r);
        }
    }

    private static void into(Reading r) {
        boolean temporary = CreateReader.acceptPersistence(r);
        r.accept(TABLE);
        RelationName name = r.qualifiedName();
        r.found().refineCommand("SELECT", "SELECT INTO");
        r.found().relation(name);
        r.found().raise(StatementClass.SCHEMA, "creates " + name);
        if (temporary) {
            r.found().effect(new SessionEffect.Pins(SessionEffect.Kind.TEMPORARY, "", "has temporary table " + name));
        }
    }
}
