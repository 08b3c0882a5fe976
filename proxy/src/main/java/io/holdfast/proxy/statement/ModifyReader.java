package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.FROM;
import static io.holdfast.proxy.statement.Keyword.SET;
import static io.holdfast.proxy.statement.Keyword.USING;
import static io.holdfast.proxy.statement.Keyword.WHERE;

/**
 * UPDATE and DELETE: ordinary while their WHERE says which rows, destructive where they say all.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-update.html">UPDATE</a>
 * @see <a href="https://www.postgresql.org/docs/current/sql-delete.html">DELETE</a>
 */
final class ModifyReader {
    private ModifyReader() {}

    static void update(Reading r) {
        r.expect(Keyword.UPDATE);
        RelationName target = target(r, "UPDATE", "updates ");
        r.expect(SET);
        ExpressionReader.list(r);
        if (r.accept(FROM)) {
            FromReader.list(r);
        }
        where(r, "overwrites every row of " + target);
        InsertReader.returning(r);
    }

    static void delete(Reading r) {
        r.expect(Keyword.DELETE);
        r.expect(FROM);
        RelationName target = target(r, "DELETE", "deletes from ");
        if (r.accept(USING)) {
            FromReader.list(r);
        }
        where(r, "deletes every row of " + target);
        InsertReader.returning(r);
    }

    private static RelationName target(Reading r, String command, String verb) {
        RelationName target = FromReader.target(r);
        Findings found = r.found();
        found.command(command);
        found.raise(StatementClass.WRITE, verb + target);
        TargetRelation.modified(found, target);
        FromReader.alias(r);
        return target;
    }

    private static void where(Reading r, String everyRow) {
        Findings found = r.found();
        if (!r.accept(WHERE)) {
            found.where(WhereClause.ABSENT);
            found.raise(StatementClass.DESTRUCTIVE, everyRow + ": no WHERE");
            return;
        }
        int from = r.position();
        if (r.accept(Keyword.CURRENT, Keyword.OF)) {
            r.name();
            found.where(WhereClause.PRESENT);
            return;
        }
        ExpressionReader.list(r);
        if (WhereShape.isAlwaysTrue(r.tokens(), from, r.position())) {
            found.where(WhereClause.ALWAYS_TRUE);
            found.raise(StatementClass.DESTRUCTIVE, everyRow + ": its WHERE does not depend on the row");
        } else {
            found.where(WhereClause.PRESENT);
        }
    }
}
