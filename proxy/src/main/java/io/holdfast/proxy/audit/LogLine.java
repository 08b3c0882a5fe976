package io.holdfast.proxy.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of a log, with what chains it and what it is found by.
 *
 * @param seq its number, from 1
 * @param prev hash of the line before, as this one says
 * @param time as it says; null: it says none
 * @param kind as it says
 * @param text all of it, a character for each byte, without the newline
 * @param hash SHA-256 of it, lower-case hexadecimal
 */
public record LogLine(long seq, String prev, @Nullable Instant time, String kind, String text, String hash) {
    /** Keeps every byte, also of a line that somebody else has written. */
    static final Charset BYTES = StandardCharsets.ISO_8859_1;

    /** Empty: it is no entry. */
    static Optional<LogLine> of(byte[] line) {
        return AuditJson.read(line)
                .map(json -> new LogLine(
                        json.path("seq").longValue(),
                        json.path("prev").asText(),
                        time(json),
                        json.path("kind").asText(),
                        new String(line, BYTES),
                        Sha256.hex(line)));
    }

    /** Whether it is the next one behind that line. */
    boolean follows(long before, String hashBefore) {
        return seq == before + 1 && prev.equals(hashBefore);
    }

    private static @Nullable Instant time(JsonNode json) {
        try {
            return Instant.parse(json.path("time").asText());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
