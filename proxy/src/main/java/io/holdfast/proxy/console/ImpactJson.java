package io.holdfast.proxy.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.audit.SecretRedactor;
import io.holdfast.proxy.impact.Blocker;
import io.holdfast.proxy.impact.Impact;
import io.holdfast.proxy.impact.InTheWay;
import io.holdfast.proxy.impact.Rows;
import io.holdfast.proxy.impact.StatementImpact;
import io.holdfast.proxy.impact.TableSize;

/** Impacts as the HTTP API shows them; the fields are described in {@code openapi.yaml}. Secrets are taken out. Pure. */
final class ImpactJson {
    private ImpactJson() {}

    static ObjectNode of(Impact impact) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (impact) {
            case Impact.Pending() -> json.put("state", "pending");
            case Impact.None(var why) -> json.put("state", "none").put("why", message(why));
            case Impact.Measured(var at, var statements, var inTheWay) -> {
                json.put("state", "measured").put("measured_at", at.toString());
                ArrayNode all = json.putArray("statements");
                statements.forEach(statement -> statement(statement, all.addObject()));
                inTheWay(inTheWay, json);
            }
        }
        return json;
    }

    private static void statement(StatementImpact impact, ObjectNode json) {
        ArrayNode tables = json.putArray("tables");
        impact.tables().forEach(table -> size(table, tables.addObject()));
        ArrayNode rows = json.putArray("rows");
        impact.rows().forEach(count -> rows(count, rows.addObject()));
        ArrayNode along = json.putArray("along");
        impact.along().forEach(count -> rows(count, along.addObject()));
        ArrayNode reaches = json.putArray("reaches");
        impact.reaches()
                .forEach(reach -> size(reach.table(), reaches.addObject())
                        .put("effect", Labels.of(reach.effect()))
                        .put("depth", reach.depth())
                        .put("constraint", reach.constraint())
                        .put("references", reach.from()));
        ArrayNode triggers = json.putArray("triggers");
        impact.firings()
                .forEach(firing -> triggers.addObject()
                        .put("table", firing.table().isEmpty() ? null : firing.table())
                        .put("trigger", firing.trigger())
                        .put("when", firing.when())
                        .put("function", firing.function()));
        ArrayNode locks = json.putArray("locks");
        impact.locks()
                .forEach(lock -> locks.addObject()
                        .put("table", lock.table())
                        .put("mode", lock.mode().label()));
        ArrayNode remarks = json.putArray("remarks");
        impact.remarks().forEach(remark -> remarks.add(message(remark)));
    }

    private static ObjectNode size(TableSize table, ObjectNode json) {
        return json.put("name", table.name())
                .put("bytes", table.bytes() == TableSize.UNKNOWN ? null : (Long) table.bytes())
                .put("estimated_rows", table.estimatedRows() == TableSize.UNKNOWN ? null : (Long) table.estimatedRows())
                .put("parts", table.parts());
    }

    private static void rows(Rows rows, ObjectNode json) {
        json.put("target", SecretRedactor.redactSql(rows.target()));
        switch (rows) {
            case Rows.Counted(var target, var count, var atMost, var moves, var server) ->
                json.put("rows", count)
                        .put("at_most", atMost)
                        .put("depends_on_time", moves)
                        .put("server", server);
            case Rows.TooMany(var target, var limit) -> json.put("more_than_counted_in_milliseconds", limit.toMillis());
            case Rows.NotCounted not -> json.put("why", message(not.words()));
        }
    }

    private static void inTheWay(InTheWay inTheWay, ObjectNode json) {
        switch (inTheWay) {
            case InTheWay.Unknown(var why) -> json.put("in_the_way_unknown", message(why));
            case InTheWay.Sessions(var blockers, var more) -> {
                ArrayNode all = json.putArray("in_the_way");
                blockers.forEach(blocker -> blocker(blocker, all.addObject()));
                json.put("in_the_way_count", blockers.size() + more);
            }
        }
    }

    private static void blocker(Blocker blocker, ObjectNode json) {
        json.put("pid", blocker.pid() == 0 ? null : (Integer) blocker.pid())
                .put("user", blocker.user())
                .put("application", blocker.application())
                .put("state", blocker.state())
                .put("since", blocker.since() == null ? null : blocker.since().toString())
                .put("table", blocker.table())
                .put("mode", blocker.mode().label())
                .put("waits", blocker.waits())
                .put("query", blocker.query());
    }

    private static String message(String text) {
        return SecretRedactor.redactMessage(text);
    }
}
