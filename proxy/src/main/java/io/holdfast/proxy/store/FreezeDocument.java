package io.holdfast.proxy.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A freeze as JSON. */
final class FreezeDocument {
    private FreezeDocument() {}

    static String of(Freeze freeze) {
        ObjectNode json = HoldDocuments.versioned()
                .put("database", freeze.database())
                .put("mode", freeze.mode().name())
                .put("person", freeze.person())
                .put("reason", freeze.reason())
                .put("since", freeze.since().toString());
        ArrayNode thaws = json.putArray("thaws");
        freeze.thaws().forEach(thaws::add);
        return HoldDocuments.write(json);
    }

    static Freeze read(String document) {
        JsonNode json = HoldDocuments.read(document);
        List<String> thaws = new ArrayList<>();
        json.path("thaws").forEach(name -> thaws.add(name.asText()));
        return new Freeze(
                json.path("database").textValue(),
                FreezeMode.valueOf(json.path("mode").asText()),
                json.path("person").asText(),
                json.path("reason").asText(),
                Instant.parse(json.path("since").asText()),
                thaws);
    }
}
