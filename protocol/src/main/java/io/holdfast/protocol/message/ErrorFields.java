package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields of an ErrorResponse or NoticeResponse. None is taken for granted and unknown ones are kept: servers and poolers
 * exist that leave out even the code.
 *
 * @param fields by their letter, in the order of the message
 * @see <a href="https://www.postgresql.org/docs/current/protocol-error-fields.html">Error and Notice Message Fields</a>
 */
public record ErrorFields(Map<Character, String> fields) {
    private static final char SEVERITY = 'S';
    private static final char SEVERITY_UNTRANSLATED = 'V';
    private static final char CODE = 'C';
    private static final char MESSAGE = 'M';
    private static final char DETAIL = 'D';
    private static final char HINT = 'H';
    private static final char POSITION = 'P';

    public ErrorFields {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * The least that a client needs.
     *
     * @param severity such as ERROR, FATAL or NOTICE; not translated
     * @param code five letters or digits
     */
    public static ErrorFields of(String severity, String code, String message) {
        return new ErrorFields(Map.of())
                .with(SEVERITY, severity)
                .with(SEVERITY_UNTRANSLATED, severity)
                .with(CODE, code)
                .with(MESSAGE, message);
    }

    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if a field has no end, or the list ends before or behind the body's last byte
     */
    public static ErrorFields read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        Map<Character, String> fields = new LinkedHashMap<>();
        for (byte letter = in.int8(); letter != 0; letter = in.int8()) {
            fields.put((char) (letter & 0xff), in.text());
        }
        in.end();
        return new ErrorFields(fields);
    }

    /** A copy with this field set. */
    public ErrorFields with(char letter, String value) {
        Map<Character, String> copy = new LinkedHashMap<>(fields);
        copy.put(letter, value);
        return new ErrorFields(copy);
    }

    /** A copy that is more or less severe. */
    public ErrorFields withSeverity(String severity) {
        return with(SEVERITY, severity).with(SEVERITY_UNTRANSLATED, severity);
    }

    /** A copy that points elsewhere: characters into the query text, from 1. */
    public ErrorFields withPosition(int position) {
        return with(POSITION, Integer.toString(position));
    }

    /** A copy with a second, longer text. */
    public ErrorFields withDetail(String detail) {
        return with(DETAIL, detail);
    }

    /** A copy that says what to do. */
    public ErrorFields withHint(String hint) {
        return with(HINT, hint);
    }

    public @Nullable String get(char letter) {
        return fields.get(letter);
    }

    /** Not translated where the server says so (9.6 and later), else as the server words it. */
    public @Nullable String severity() {
        String untranslated = get(SEVERITY_UNTRANSLATED);
        return untranslated != null ? untranslated : get(SEVERITY);
    }

    /** The SQLSTATE. */
    public @Nullable String code() {
        return get(CODE);
    }

    public @Nullable String message() {
        return get(MESSAGE);
    }

    public @Nullable String detail() {
        return get(DETAIL);
    }

    public @Nullable String hint() {
        return get(HINT);
    }

    /** Where in the query text, in characters from 1, as the server wrote it. */
    public @Nullable String position() {
        return get(POSITION);
    }
}
