package io.holdfast.proxy.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.Fingerprint;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.HoldTerms;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.approval.RestorePoint;
import io.holdfast.proxy.approval.StoreUnavailableException;
import io.holdfast.proxy.approval.Supervision;
import io.holdfast.proxy.approval.Vote;
import io.holdfast.proxy.audit.SecretRedactor;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What people see of a hold, as JSON with a version number, in ASCII. Passwords in the text are taken out: what runs are the bytes that
 * the session has, and a grant is found by its fingerprint.
 */
final class HoldDocuments {
    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper(
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

    record Request(HoldRequest request, HoldTerms terms) {}

    record Progress(
            List<Vote> votes,
            @Nullable RestorePoint restorePoint,
            @Nullable Outcome outcome,
            @Nullable String note,
            Supervision supervision) {}

    private HoldDocuments() {}

    static String text(HoldRequest request, HoldTerms terms) {
        ObjectNode json = versioned();
        json.put("user", request.user())
                .put("person", request.person())
                .put("database", request.database())
                .put("application", request.application())
                .put("address", request.address())
                .put("session", request.session())
                .put("text", SecretRedactor.redactSql(request.text()))
                .put("fingerprint", request.fingerprint().sha256())
                .put("class", request.statementClass().name())
                .put("rule", request.rule())
                .put("looks_like", request.looksLike())
                .put("certificate", request.certificate());
        ArrayNode values = json.putArray("values");
        request.values().forEach(value -> values.add(ValueDocument.of(value)));
        ArrayNode facts = json.putArray("facts");
        request.facts().forEach(one -> facts.add(FactsDocument.of(one)));
        ObjectNode settings = json.putObject("settings");
        request.settings().forEach(settings::put);
        switch (terms) {
            case HoldTerms.People(int approvals, var timeout, var clientWait) ->
                json.put("approvals", approvals)
                        .put("timeout", timeout.toString())
                        .put("client_wait", clientWait.toString());
            case HoldTerms.Delayed(var delay) -> json.put("delay", delay.toString());
        }
        return write(json);
    }

    static Request request(String document) {
        JsonNode json = read(document);
        List<BoundValue> values = new ArrayList<>();
        json.path("values").forEach(value -> values.add(ValueDocument.read(value, values.size() + 1)));
        List<StatementFacts> facts = new ArrayList<>();
        json.path("facts").forEach(one -> facts.add(FactsDocument.read(one)));
        Map<String, String> settings = new TreeMap<>();
        json.path("settings")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        HoldRequest request = new HoldRequest(
                json.path("user").asText(),
                json.path("person").textValue(),
                json.path("database").asText(),
                json.path("application").asText(),
                json.path("address").asText(),
                json.path("session").asText(),
                json.path("text").asText(),
                new Fingerprint(json.path("fingerprint").asText()),
                values,
                facts,
                StatementClass.valueOf(json.path("class").asText()),
                json.path("rule").asText(),
                settings,
                json.path("looks_like").textValue(),
                json.path("certificate").textValue());
        return new Request(request, terms(json));
    }

    private static HoldTerms terms(JsonNode json) {
        return json.has("delay")
                ? new HoldTerms.Delayed(duration(json, "delay"))
                : new HoldTerms.People(
                        json.path("approvals").asInt(), duration(json, "timeout"), duration(json, "client_wait"));
    }

    static String progress(Progress progress) {
        RestorePoint restorePoint = progress.restorePoint();
        ObjectNode json = versioned();
        ArrayNode all = json.putArray("votes");
        for (Vote vote : progress.votes()) {
            all.addObject()
                    .put("person", vote.person())
                    .put("approves", vote.approves())
                    .put("alone", vote.breaksGlass())
                    .put("reason", vote.reason())
                    .put("at", vote.at().toString())
                    .put("channel", vote.channel().name());
        }
        json.put("note", progress.note());
        if (restorePoint != null) {
            json.set("restore_point", RestorePointDocument.of(restorePoint));
        }
        SupervisionDocument.add(json, progress.supervision());
        switch (progress.outcome()) {
            case null -> {}
            case Outcome.Completed(var tag, var duration) ->
                json.put("tag", tag).put("duration", duration.toString());
            case Outcome.Failed(var sqlstate, var message, var duration) ->
                json.put("sqlstate", sqlstate)
                        .put("error", SecretRedactor.redactMessage(message))
                        .put("duration", duration.toString());
            case Outcome.Unknown() -> json.put("unknown", true);
        }
        return write(json);
    }

    static Progress progress(String document) {
        JsonNode json = read(document);
        List<Vote> votes = new ArrayList<>();
        for (JsonNode vote : json.path("votes")) {
            votes.add(new Vote(
                    vote.path("person").asText(),
                    kind(vote),
                    vote.path("reason").textValue(),
                    Instant.parse(vote.path("at").asText()),
                    Channel.valueOf(vote.path("channel").asText())));
        }
        return new Progress(
                votes,
                RestorePointDocument.read(json.path("restore_point")),
                outcome(json),
                json.path("note").textValue(),
                SupervisionDocument.read(json));
    }

    private static Vote.Kind kind(JsonNode vote) {
        if (!vote.path("approves").asBoolean()) {
            return Vote.Kind.DENY;
        }
        return vote.path("alone").asBoolean() ? Vote.Kind.BREAK_GLASS : Vote.Kind.APPROVE;
    }

    private static @Nullable Outcome outcome(JsonNode json) {
        if (json.has("tag")) {
            return new Outcome.Completed(json.path("tag").asText(), duration(json, "duration"));
        }
        if (json.has("sqlstate")) {
            return new Outcome.Failed(
                    json.path("sqlstate").asText(), json.path("error").asText(), duration(json, "duration"));
        }
        return json.has("unknown") ? new Outcome.Unknown() : null;
    }

    private static Duration duration(JsonNode json, String field) {
        return Duration.parse(json.path(field).asText());
    }

    static ObjectNode versioned() {
        return MAPPER.createObjectNode().put("v", VERSION);
    }

    static String write(ObjectNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    static JsonNode read(String document) {
        try {
            JsonNode json = MAPPER.readTree(document);
            int version = json.path("v").asInt();
            if (version != VERSION) {
                throw new StoreUnavailableException("control store: a newer proxy has written to it (document version: "
                        + version + ", expected: " + VERSION + ')');
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new StoreUnavailableException("control store: a document that is no JSON", false, e);
        }
    }
}
