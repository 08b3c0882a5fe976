package io.holdfast.proxy.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.approval.RestorePoint;
import io.holdfast.proxy.approval.Vote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry as one line of pure printable ASCII: whatever a statement contains, no terminal and no editor that shows the line can be
 * made to lie. The place where secrets are taken out.
 */
final class AuditJson {
    /** The two fields that make a line part of the chain. */
    record Chained(long seq, String prev) {}

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .setCharacterEscapes(new DeleteToo());
    /** We wrote these lines ourselves, and a statement may be long. */
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());
    /** PostgreSQL's tags end with the number of rows, if they have one: {@code INSERT 0 5}. */
    private static final Pattern ROWS = Pattern.compile(" (\\d{1,18})$");

    private AuditJson() {}

    /** Without the newline. */
    static byte[] line(Tail after, AuditEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("seq", after.seq() + 1);
            json.writeStringField("prev", after.hash());
            write(json, entry);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** Reads what chains a line; empty: it is no entry. */
    static Optional<Chained> chained(byte[] line) {
        return read(line)
                .map(json -> new Chained(
                        json.path("seq").longValue(), json.path("prev").textValue()));
    }

    /** Empty: it is no entry. */
    static Optional<JsonNode> read(byte[] line) {
        try {
            JsonNode json = MAPPER.readTree(line);
            return json.path("seq").isIntegralNumber() && json.path("prev").isTextual()
                    ? Optional.of(json)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void write(JsonGenerator json, AuditEntry entry) throws IOException {
        json.writeStringField("time", entry.time().toString());
        json.writeStringField("kind", lower(entry.kind()));
        AuditEntry.Client client = entry.client();
        if (client != null) {
            json.writeStringField("session", client.session());
            json.writeStringField("user", client.user());
            text(json, "person", client.person());
            json.writeStringField("address", client.address());
            json.writeStringField("application", client.application());
            json.writeStringField("database", client.database());
            text(json, "certificate", client.certificate());
        }
        AuditEntry.Unit unit = entry.unit();
        if (unit != null) {
            json.writeStringField("class", lower(unit.statementClass()));
            json.writeStringField("text", SecretRedactor.redactSql(unit.text()));
            json.writeArrayFieldStart("values");
            for (String value : unit.values()) {
                json.writeString(value == null ? null : SecretRedactor.redactValue(value));
            }
            json.writeEndArray();
        }
        text(json, "channel", entry.channel() == null ? null : lower(entry.channel()));
        text(json, "rule", entry.rule());
        text(json, "route", entry.route());
        if (entry.hold() != null) {
            json.writeStringField("hold", entry.hold().text());
            json.writeArrayFieldStart("votes");
            for (Vote vote : entry.votes()) {
                vote(json, vote);
            }
            json.writeEndArray();
        }
        text(json, "note", entry.note() == null ? null : SecretRedactor.redactMessage(entry.note()));
        if (entry.restorePoint() != null) {
            restorePoint(json, entry.restorePoint());
        }
        if (entry.outcome() != null) {
            outcome(json, entry.outcome());
        }
    }

    private static void vote(JsonGenerator json, Vote vote) throws IOException {
        json.writeStartObject();
        json.writeStringField("person", vote.person());
        json.writeStringField("verdict", vote.verdict());
        text(json, "reason", vote.reason());
        json.writeStringField("at", vote.at().toString());
        json.writeStringField("channel", lower(vote.channel()));
        json.writeEndObject();
    }

    private static void restorePoint(JsonGenerator json, RestorePoint point) throws IOException {
        json.writeObjectFieldStart("restore_point");
        switch (point) {
            case RestorePoint.Named(var name, var lsn, var at) -> {
                json.writeStringField("name", name);
                json.writeStringField("lsn", lsn);
                json.writeStringField("at", at.toString());
            }
            case RestorePoint.Position(var lsn, var at, var why) -> {
                json.writeStringField("lsn", lsn);
                json.writeStringField("at", at.toString());
                json.writeStringField("why", why);
            }
            case RestorePoint.None(var why) -> json.writeStringField("why", why);
        }
        json.writeStringField("undo", point.undo());
        json.writeEndObject();
    }

    private static void outcome(JsonGenerator json, Outcome outcome) throws IOException {
        json.writeObjectFieldStart("outcome");
        switch (outcome) {
            case Outcome.Completed(var tag, var duration) -> {
                json.writeStringField("tag", tag);
                Matcher rows = ROWS.matcher(tag);
                if (rows.find()) {
                    json.writeNumberField("rows", Long.parseLong(rows.group(1)));
                }
                json.writeNumberField("micros", duration.toNanos() / 1_000);
            }
            case Outcome.Failed(var sqlstate, var message, var duration) -> {
                json.writeStringField("sqlstate", sqlstate);
                json.writeStringField("error", SecretRedactor.redactMessage(message));
                json.writeNumberField("micros", duration.toNanos() / 1_000);
            }
            case Outcome.Unknown() -> json.writeBooleanField("unknown", true);
        }
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** JSON itself lets DEL through. */
    private static final class DeleteToo extends CharacterEscapes {
        private static final int DEL = 0x7f;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes[DEL] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int ch) {
            return null;
        }
    }
}
