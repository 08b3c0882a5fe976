package io.holdfast.proxy.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.audit.SecretRedactor;

/** A bound value as JSON. */
final class ValueDocument {
    private ValueDocument() {}

    static ObjectNode of(BoundValue value) {
        String text = value.text();
        return JsonNodeFactory.instance
                .objectNode()
                .put("statement", value.statement())
                .put("parameter", value.parameter())
                .put("text", text == null ? null : SecretRedactor.redactValue(text))
                .put("type", value.type())
                .put("literal", value.literal());
    }

    /** @param number of the value among all, which is all that a store from before tells of where it belongs */
    static BoundValue read(JsonNode json, int number) {
        return json.isObject()
                ? new BoundValue(
                        json.path("statement").asInt(),
                        json.path("parameter").asInt(),
                        json.path("text").textValue(),
                        json.path("type").asInt(),
                        json.path("literal").asBoolean())
                : new BoundValue(1, number, json.textValue(), 0, false);
    }
}
