package io.holdfast.proxy.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One entry as it was read back.
 *
 * @param line as it stands in the file: printable ASCII, one line
 * @param json the same
 */
public record AuditRecord(String line, JsonNode json) {
    /**
     * Empty: it is no entry.
     *
     * @param line a character for each byte
     */
    public static Optional<AuditRecord> of(String line) {
        return AuditJson.read(line.getBytes(LogLine.BYTES)).map(json -> new AuditRecord(line, json));
    }

    /** From 1, without a gap. */
    public long seq() {
        return json.path("seq").longValue();
    }

    /** Lower case, of {@link AuditEntry.Kind}. */
    public String kind() {
        return json.path("kind").asText();
    }

    /** UTC, as ISO 8601. */
    public String time() {
        return json.path("time").asText();
    }

    /** A field that is text; empty: this entry has none. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(json.path(name).textValue());
    }
}
