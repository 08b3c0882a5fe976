package io.holdfast.proxy.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.WhereClause;
import java.util.ArrayList;
import java.util.List;

/**
 * Facts of one statement as JSON. What it does to its session is left out: no approver is shown it, and the session that runs the
 * statement reads its own.
 */
final class FactsDocument {
    private FactsDocument() {}

    static ObjectNode of(StatementFacts facts) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("command", facts.command())
                .put("class", facts.statementClass().name())
                .put("reason", facts.reason())
                .put("unparsed", facts.unparsed())
                .put("where", facts.where().name())
                .put("own_class", facts.ownClass().name())
                .put("only_names", facts.onlyNames())
                .put("start", facts.start())
                .put("end", facts.end());
        names(json.putArray("relations"), facts.relations());
        names(json.putArray("functions"), facts.functions());
        names(json.putArray("opaque"), facts.opaque());
        ArrayNode inner = json.putArray("inner");
        facts.innerCommands().forEach(inner::add);
        return json;
    }

    static StatementFacts read(JsonNode json) {
        List<String> inner = new ArrayList<>();
        json.path("inner").forEach(command -> inner.add(command.asText()));
        return new StatementFacts(
                json.path("command").asText(),
                StatementClass.valueOf(json.path("class").asText()),
                json.path("reason").asText(),
                json.path("unparsed").asBoolean(),
                names(json.path("relations")),
                names(json.path("functions")),
                WhereClause.valueOf(json.path("where").asText()),
                new SessionEffect.None(),
                StatementClass.valueOf(json.path("own_class").asText()),
                names(json.path("opaque")),
                inner,
                json.path("only_names").asBoolean(),
                json.path("start").asInt(),
                json.path("end").asInt());
    }

    private static void names(ArrayNode array, List<RelationName> names) {
        names.forEach(name -> array.addObject().put("schema", name.schema()).put("name", name.name()));
    }

    private static List<RelationName> names(JsonNode array) {
        List<RelationName> names = new ArrayList<>();
        array.forEach(name -> names.add(new RelationName(
                name.path("schema").textValue(), name.path("name").asText())));
        return names;
    }
}
