package io.holdfast.proxy.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.approval.Easing;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        Easing easing = freeze.easing();
        if (easing != null) {
            ObjectNode wanted =
                    json.putObject("easing").put("mode", easing.mode().name());
            ArrayNode persons = wanted.putArray("persons");
            easing.persons().forEach(persons::add);
        }
        return HoldDocuments.write(json);
    }

    static Freeze read(String document) {
        JsonNode json = HoldDocuments.read(document);
        return new Freeze(
                json.path("database").textValue(),
                FreezeMode.valueOf(json.path("mode").asText()),
                json.path("person").asText(),
                json.path("reason").asText(),
                Instant.parse(json.path("since").asText()),
                names(json.path("thaws")),
                easing(json.path("easing")));
    }

    private static @Nullable Easing easing(JsonNode json) {
        return json.isObject()
                ? new Easing(FreezeMode.valueOf(json.path("mode").asText()), names(json.path("persons")))
                : null;
    }

    private static List<String> names(JsonNode array) {
        List<String> names = new ArrayList<>();
        array.forEach(name -> names.add(name.asText()));
        return names;
    }
}
