package io.holdfast.proxy.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.approval.RestorePoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How to undo a released statement, as JSON: which fields there are says which kind it is. */
final class RestorePointDocument {
    private RestorePointDocument() {}

    static ObjectNode of(RestorePoint point) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (point) {
            case RestorePoint.Named(var name, var lsn, var at) ->
                json.put("name", name).put("lsn", lsn).put("at", at.toString());
            case RestorePoint.Position(var lsn, var at, var why) ->
                json.put("lsn", lsn).put("at", at.toString()).put("why", why);
            case RestorePoint.None(var why) -> json.put("why", why);
        };
    }

    /** Null: the document has none. */
    static @Nullable RestorePoint read(JsonNode json) {
        if (json.has("name")) {
            return new RestorePoint.Named(
                    json.path("name").asText(), json.path("lsn").asText(), at(json));
        }
        if (json.has("lsn")) {
            return new RestorePoint.Position(
                    json.path("lsn").asText(), at(json), json.path("why").asText());
        }
        return json.has("why") ? new RestorePoint.None(json.path("why").asText()) : null;
    }

    private static Instant at(JsonNode json) {
        return Instant.parse(json.path("at").asText());
    }
}
