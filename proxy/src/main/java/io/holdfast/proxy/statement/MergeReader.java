package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.AND;
import static io.holdfast.proxy.statement.Keyword.BY;
import static io.holdfast.proxy.statement.Keyword.DELETE;
import static io.holdfast.proxy.statement.Keyword.DO;
import static io.holdfast.proxy.statement.Keyword.INSERT;
import static io.holdfast.proxy.statement.Keyword.INTO;
import static io.holdfast.proxy.statement.Keyword.MATCHED;
import static io.holdfast.proxy.statement.Keyword.NOT;
import static io.holdfast.proxy.statement.Keyword.NOTHING;
import static io.holdfast.proxy.statement.Keyword.ON;
import static io.holdfast.proxy.statement.Keyword.SET;
import static io.holdfast.proxy.statement.Keyword.SOURCE;
import static io.holdfast.proxy.statement.Keyword.TARGET;
import static io.holdfast.proxy.statement.Keyword.THEN;
import static io.holdfast.proxy.statement.Keyword.UPDATE;
import static io.holdfast.proxy.statement.Keyword.USING;
import static io.holdfast.proxy.statement.Keyword.WHEN;

/** MERGE, branch by branch. @see <a href="https://www.postgresql.org/docs/current/sql-merge.html">MERGE</a> */
final class MergeReader {
    private MergeReader() {}

    static void merge(Reading r) {
        r.expect(Keyword.MERGE);
        r.expect(INTO);
        RelationName target = FromReader.target(r);
        Findings found = r.found();
        found.command("MERGE");
        found.raise(StatementClass.WRITE, "merges into " + target);
        TargetRelation.modified(found, target);
        FromReader.alias(r);
        r.expect(USING);
        FromReader.source(r);
        r.expect(ON);
        int from = r.position();
        ExpressionReader.list(r);
        if (WhereShape.isAlwaysTrue(r.tokens(), from, r.position())) {
            found.raise(StatementClass.DESTRUCTIVE, "matches every row of " + target);
        }
        while (r.accept(WHEN)) {
            branch(r, target);
        }
        InsertReader.returning(r);
    }

    private static void branch(Reading r, RelationName target) {
        r.accept(NOT);
        r.expect(MATCHED);
        if (r.accept(BY)) {
            if (r.accept(SOURCE)) {
                r.found().raise(StatementClass.DESTRUCTIVE, "touches rows of " + target + " that match nothing");
            } else {
                r.expect(TARGET);
            }
        }
        if (r.accept(AND)) {
            ExpressionReader.list(r);
        }
        r.expect(THEN);
        if (r.accept(UPDATE)) {
            r.expect(SET);
            ExpressionReader.list(r);
        } else if (r.accept(DELETE)) {
            r.found().raise(StatementClass.DESTRUCTIVE, "deletes rows of " + target + " that match");
        } else if (r.accept(INSERT)) {
            InsertReader.columnsAndSource(r);
        } else {
            r.expect(DO);
            r.expect(NOTHING);
        }
    }
}
