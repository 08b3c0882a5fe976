package io.holdfast.proxy.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.approval.Cancellation;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.ManyDecisions;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.approval.RestorePoint;
import io.holdfast.proxy.approval.Vote;
import io.holdfast.proxy.audit.SecretRedactor;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds as the HTTP API shows them; the fields are described in {@code openapi.yaml}. Secrets are taken out. Pure. */
public final class HoldJson {
    private HoldJson() {}

    /** What a list needs. */
    static ObjectNode summary(HoldView hold) {
        HoldRequest request = hold.request();
        ObjectNode json = object().put("id", hold.id().text())
                .put("state", hold.state().label())
                .put("approvals", hold.approvals())
                .put("approvals_needed", hold.approvalsNeeded())
                .put("opened", hold.opened().toString());
        if (hold.deadline() != null) {
            json.put("deadline", hold.deadline().toString())
                    .put("remaining_seconds", hold.remaining().toSeconds());
        }
        hold.brokenBy().ifPresent(vote -> json.put("glass_broken_by", vote.person()));
        if (hold.supervision().locks() != null) {
            json.set("locks", LockJson.of(hold.supervision().locks()));
        }
        json.put("client_waits", hold.clientWaits())
                .put("user", request.user())
                .put("person", request.person())
                .put("database", request.database())
                .put("application", request.application())
                .put("address", request.address())
                .put("certificate", request.certificate())
                .put("session", request.session())
                .put("class", Labels.of(request.statementClass()))
                .put("rule", request.rule())
                .put("text", SecretRedactor.redactSql(request.text()));
        return json;
    }

    /** What became of one of several decisions. */
    static ObjectNode answer(ManyDecisions.One answer) {
        ObjectNode json = object().put("id", answer.typed());
        answer.counted()
                .ifPresentOrElse(
                        hold -> json.put("counted", true)
                                .put("state", hold.state().label())
                                .put("approvals", hold.approvals())
                                .put("approvals_needed", hold.approvalsNeeded()),
                        () -> json.put("counted", false).put("error", answer.why()));
        return json;
    }

    /** Everything, and {@code sheet}: the same as SHOW HOLD tells it, for people. */
    static ObjectNode whole(HoldView hold, Known known) {
        ObjectNode json = detail(hold);
        json.set("impact", ImpactJson.of(known.impact()));
        ArrayNode sheet = json.putArray("sheet");
        for (List<@Nullable String> row : HoldSheet.of(hold, known)) {
            sheet.addObject().put("field", row.get(0)).put("value", row.get(1));
        }
        return json;
    }

    /** Everything, for programs. */
    public static ObjectNode detail(HoldView hold) {
        HoldRequest request = hold.request();
        ObjectNode json = summary(hold);
        ArrayNode values = json.putArray("values");
        request.values().forEach(value -> values.add(shown(value)));
        if (request.looksLike() != null) {
            json.put("looks_like", request.looksLike());
        }
        ObjectNode settings = json.putObject("settings");
        request.settings().forEach(settings::put);
        ArrayNode statements = json.putArray("statements");
        for (StatementFacts facts : request.facts()) {
            ObjectNode statement = statement(facts);
            statements.add(statement);
            ArrayNode own = statement.putArray("values");
            request.valuesOf(statements.size()).forEach(value -> own.add(shown(value)));
        }
        ArrayNode votes = json.putArray("votes");
        hold.votes().forEach(vote -> votes.add(vote(vote)));
        if (hold.restorePoint() != null) {
            json.set("restore_point", restorePoint(hold.restorePoint()));
        }
        if (hold.supervision().cancellation() != null) {
            json.set("cancelled", cancelled(hold.supervision().cancellation()));
        }
        if (hold.outcome() != null) {
            json.set("outcome", outcome(hold.outcome()));
        }
        if (hold.note() != null) {
            json.put("note", hold.note());
        }
        return json;
    }

    private static @Nullable String shown(BoundValue value) {
        return value.text() == null ? null : SecretRedactor.redactValue(value.text());
    }

    private static ObjectNode statement(StatementFacts facts) {
        ObjectNode json = object().put("command", facts.command()).put("reason", facts.reason());
        add(json.putArray("tables"), facts.relations());
        add(json.putArray("functions"), facts.functions());
        add(json.putArray("opaque"), facts.opaque());
        return json.put("where", Labels.of(facts.where()));
    }

    private static ObjectNode vote(Vote vote) {
        return object().put("person", vote.person())
                .put("verdict", vote.verdict())
                .put("reason", vote.reason())
                .put("at", vote.at().toString())
                .put("channel", Labels.of(vote.channel()));
    }

    private static ObjectNode cancelled(Cancellation who) {
        return object().put("person", who.person())
                .put("reason", who.reason())
                .put("at", who.at().toString())
                .put("channel", Labels.of(who.channel()));
    }

    private static ObjectNode restorePoint(RestorePoint point) {
        ObjectNode json = object().put("kind", point.kind());
        switch (point) {
            case RestorePoint.Named(var name, var lsn, var at) ->
                json.put("name", name).put("lsn", lsn).put("at", at.toString());
            case RestorePoint.Position(var lsn, var at, var why) ->
                json.put("lsn", lsn).put("at", at.toString()).put("why", why);
            case RestorePoint.None(var why) -> json.put("why", why);
        }
        return json.put("undo", point.undo());
    }

    private static ObjectNode outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed(var tag, var duration) ->
                object().put("tag", tag).put("milliseconds", duration.toMillis());
            case Outcome.Failed(var sqlstate, var message, var duration) ->
                object().put("sqlstate", sqlstate)
                        .put("error", SecretRedactor.redactMessage(message))
                        .put("milliseconds", duration.toMillis());
            case Outcome.Unknown() -> object().put("unknown", true);
        };
    }

    private static void add(ArrayNode array, List<?> names) {
        names.forEach(name -> array.add(name.toString()));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
