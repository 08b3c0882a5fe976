package io.holdfast.proxy.console;

import io.holdfast.proxy.audit.SecretRedactor;
import io.holdfast.proxy.impact.Blocker;
import io.holdfast.proxy.impact.Firing;
import io.holdfast.proxy.impact.Impact;
import io.holdfast.proxy.impact.InTheWay;
import io.holdfast.proxy.impact.Reach;
import io.holdfast.proxy.impact.Rows;
import io.holdfast.proxy.impact.StatementImpact;
import io.holdfast.proxy.impact.TableLock;
import io.holdfast.proxy.impact.TableSize;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of SHOW HOLD that says what was measured on the servers. Pure. */
final class ImpactRows {
    private final List<List<@Nullable String>> rows = new ArrayList<>();

    private ImpactRows() {}

    static List<List<@Nullable String>> of(Impact impact) {
        ImpactRows rows = new ImpactRows();
        switch (impact) {
            case Impact.Pending() -> rows.add("impact", "is being measured; SHOW HOLD again in a moment");
            case Impact.None(var why) -> rows.add("impact", "not measured: " + message(why));
            case Impact.Measured(var at, var statements, var inTheWay) -> {
                rows.add("measured", Times.text(at));
                int number = 1;
                for (StatementImpact statement : statements) {
                    rows.statement("statement " + number++, statement);
                }
                rows.inTheWay(inTheWay);
            }
        }
        return rows.rows;
    }

    private void statement(String name, StatementImpact impact) {
        impact.rows().forEach(count -> add(name + " touches " + sql(count.target()), rows(count)));
        impact.along().forEach(count -> add(name + " takes along " + Visible.text(count.target()), rows(count)));
        impact.tables().forEach(table -> add(name + " table " + Visible.text(table.name()), size(table)));
        impact.reaches()
                .forEach(reach ->
                        add(name + " reaches " + Visible.text(reach.table().name()), reach(reach)));
        impact.firings().forEach(firing -> add(name + " trigger", firing(firing)));
        for (TableLock lock : impact.locks()) {
            add(
                    name + " locks " + Visible.text(lock.table()),
                    lock.mode().label() + ": " + lock.mode().words());
        }
        impact.remarks().forEach(remark -> add(name + " note", message(remark)));
    }

    private static String rows(Rows rows) {
        return switch (rows) {
            case Rows.Counted(var target, var count, var atMost, var moves, var server) ->
                (atMost ? "at most " : "") + Amounts.of(count, "row") + ", counted on " + Visible.name(server)
                        + (atMost ? "; row security may keep some of them from who asks" : "")
                        + (moves ? "; it depends on the time" : "");
            case Rows.TooMany(var target, var limit) -> "more than can be counted in " + Times.text(limit);
            case Rows.NotCounted not -> "not counted: " + message(not.words());
        };
    }

    private static String size(TableSize table) {
        String bytes = table.bytes() == TableSize.UNKNOWN
                ? "size unknown, somebody has locked it"
                : Amounts.bytes(table.bytes()) + " with indexes and TOAST";
        String parts = table.parts() == 0 ? "" : ", with " + Amounts.of(table.parts(), "partition") + " or heirs";
        return bytes + ", " + estimate(table) + parts;
    }

    private static String estimate(TableSize table) {
        return table.estimatedRows() == TableSize.UNKNOWN
                ? "no estimate of rows"
                : "about " + Amounts.about(table.estimatedRows()) + " rows (the planner's estimate)";
    }

    private static String reach(Reach reach) {
        return reach.effect().words() + ": " + Visible.text(reach.constraint()) + " references "
                + Visible.text(reach.from()) + (reach.depth() > 1 ? ", " + reach.depth() + " steps away" : "") + "; "
                + size(reach.table());
    }

    private static String firing(Firing firing) {
        String on = firing.table().isEmpty() ? "event trigger " : Visible.text(firing.table()) + ": ";
        return on + Visible.text(firing.trigger()) + " " + firing.when() + " calls " + Visible.text(firing.function())
                + "()";
    }

    private void inTheWay(InTheWay inTheWay) {
        switch (inTheWay) {
            case InTheWay.Unknown(var why) -> add("in the way", "not known: " + message(why));
            case InTheWay.Sessions(var blockers, var more) -> {
                if (blockers.isEmpty()) {
                    add(
                            "in the way",
                            "nobody has a lock on these tables that conflicts; locks on single rows are not seen");
                }
                blockers.forEach(blocker -> add("in the way", blocker(blocker)));
                if (more > 0) {
                    add("in the way", "and " + Amounts.of(more, "session") + " more");
                }
            }
        }
    }

    static String blocker(Blocker blocker) {
        return (blocker.pid() == 0 ? "" : "process " + blocker.pid() + ": ")
                + Visible.name(blocker.user())
                + (blocker.application().isEmpty() ? "" : " with " + Visible.name(blocker.application()))
                + (blocker.state().isEmpty() ? "" : ", " + blocker.state())
                + (blocker.since() == null ? "" : ", in a transaction since " + Times.text(blocker.since()))
                + (blocker.waits() ? ", waits for " : ", has ")
                + blocker.mode().label() + " on " + Visible.text(blocker.table())
                + (blocker.query() == null ? "" : ": " + Visible.text(blocker.query()));
    }

    private static String sql(String text) {
        return Visible.text(SecretRedactor.redactSql(text));
    }

    private static String message(String text) {
        return Visible.text(SecretRedactor.redactMessage(text));
    }

    private void add(String field, String value) {
        rows.add(List.of(field, value));
    }
}
