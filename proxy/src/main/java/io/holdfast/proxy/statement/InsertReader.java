package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.AS;
import static io.holdfast.proxy.statement.Keyword.CONFLICT;
import static io.holdfast.proxy.statement.Keyword.CONSTRAINT;
import static io.holdfast.proxy.statement.Keyword.DEFAULT;
import static io.holdfast.proxy.statement.Keyword.DO;
import static io.holdfast.proxy.statement.Keyword.INTO;
import static io.holdfast.proxy.statement.Keyword.NOTHING;
import static io.holdfast.proxy.statement.Keyword.ON;
import static io.holdfast.proxy.statement.Keyword.RETURNING;
import static io.holdfast.proxy.statement.Keyword.SET;
import static io.holdfast.proxy.statement.Keyword.UPDATE;
import static io.holdfast.proxy.statement.Keyword.VALUES;
import static io.holdfast.proxy.statement.Keyword.WHERE;

/** INSERT. @see <a href="https://www.postgresql.org/docs/current/sql-insert.html">INSERT</a> */
final class InsertReader {
    private InsertReader() {}

    static void insert(Reading r) {
        r.expect(Keyword.INSERT);
        r.expect(INTO);
        RelationName target = r.qualifiedName();
        Findings found = r.found();
        found.command("INSERT");
        found.raise(StatementClass.WRITE, "inserts into " + target);
        TargetRelation.modified(found, target);
        if (r.accept(AS)) {
            r.name();
        }
        columnsAndSource(r);
        if (r.accept(ON, CONFLICT)) {
            conflict(r, target);
        }
        returning(r);
    }

    /** RETURNING of any data-modifying statement. */
    static void returning(Reading r) {
        if (r.accept(RETURNING)) {
            if (r.accept(Keyword.WITH)) { // WITH (OLD AS o, NEW AS n)
                r.skipParentheses();
            }
            ExpressionReader.list(r);
        }
    }

    /** {@code [(columns)] [OVERRIDING ...] VALUES ... | DEFAULT VALUES | query}. */
    static void columnsAndSource(Reading r) {
        if (r.is('(') && !isQuery(r)) {
            ExpressionReader.parentheses(r); // columns; a subscript may be an expression
        }
        if (r.accept(Keyword.OVERRIDING)) {
            r.next(); // SYSTEM or USER
            r.expect(Keyword.VALUE);
        }
        if (!r.accept(DEFAULT, VALUES)) {
            QueryReader.query(r);
        }
    }

    private static boolean isQuery(Reading r) {
        int ahead = 0;
        while (r.kind(ahead) == '(') {
            ahead++;
        }
        return switch (r.keyword(ahead)) {
            case SELECT, WITH, TABLE -> true;
            case VALUES -> r.kind(ahead + 1) == '(';
            default -> false;
        };
    }

    private static void conflict(Reading r, RelationName target) {
        if (r.accept(ON, CONSTRAINT)) {
            r.name();
        } else if (r.is('(')) {
            ExpressionReader.parentheses(r);
            if (r.accept(WHERE)) {
                ExpressionReader.list(r);
            }
        }
        r.expect(DO);
        if (r.accept(NOTHING)) {
            return;
        }
        r.expect(UPDATE);
        r.expect(SET);
        r.found().overwrites(target);
        ExpressionReader.list(r);
        if (r.accept(WHERE)) {
            ExpressionReader.list(r);
        }
    }
}
