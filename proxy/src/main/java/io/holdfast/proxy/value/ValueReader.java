package io.holdfast.proxy.value;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Reads values in binary format. What it gives is what the server prints of the same value, so that it can be pasted into a statement;
 * {@link Read#literal} says where that is not so.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-overview.html#PROTOCOL-FORMAT-CODES">Formats and Format Codes</a>
 */
public final class ValueReader {
    /** Of a dimension, as the server has it. */
    private static final int MOST_DIMENSIONS = 6;

    private static final int EMPTY = 1;
    private static final int LOWER_INCLUDED = 2;
    private static final int UPPER_INCLUDED = 4;
    private static final int NO_LOWER = 8;
    private static final int NO_UPPER = 16;

    private final KnownTypes types;
    private final Charset charset;

    /** @param charset that the client's encoding is */
    public ValueReader(KnownTypes types, Charset charset) {
        this.types = types;
        this.charset = charset;
    }

    /**
     * A value for people.
     *
     * @param literal whether the text is all of it, and the server would read it as the same value
     */
    public record Read(String text, boolean literal) {}

    /**
     * The value.
     *
     * @param oid of its type, unsigned
     * @throws Undecodable if it is none of this type, or the type cannot be read
     */
    public Read read(int oid, byte[] value) {
        Bytes in = Bytes.of(value, charset);
        return new Read(value(oid, in), in.isLiteral());
    }

    /**
     * A value in text format.
     *
     * @throws Undecodable if it is no text in the client's encoding
     */
    public Read readText(byte[] value) {
        return new Read(Bytes.text(value, charset), true);
    }

    private String value(int oid, Bytes in) {
        String text = switch (types.find(oid)) {
            case null -> throw new Undecodable("type with oid " + Integer.toUnsignedString(oid) + " is not known");
            case ValueType.Plain plain -> plain.decoder().text(in);
            case ValueType.Array array -> array(array, in);
            case ValueType.Range range -> range(range, in);
            case ValueType.Multirange ranges -> multirange(ranges, in);
            case ValueType.Domain domain -> value(domain.base(), in);
            case ValueType.Composite _ -> composite(in);
            case ValueType.Unreadable(var name) ->
                throw new Undecodable("the binary format of " + name + " cannot be read");
        };
        in.end();
        return text;
    }

    private String array(ValueType.Array type, Bytes in) {
        int dimensions = in.int32();
        int flags = in.int32(); // whether there are NULLs
        if (dimensions < 0
                || dimensions > MOST_DIMENSIONS
                || (flags != 0 && flags != 1)
                || in.int32() != type.element()) {
            throw new Undecodable("it is no array of what it should be");
        }
        int[] lengths = new int[dimensions];
        StringBuilder bounds = new StringBuilder();
        boolean usual = true;
        long count = dimensions == 0 ? 0 : 1;
        for (int i = 0; i < dimensions; i++) {
            lengths[i] = in.int32();
            int lower = in.int32();
            count = lengths[i] < 0 || count > Integer.MAX_VALUE ? -1 : count * lengths[i];
            usual &= lower == 1;
            bounds.append('[')
                    .append(lower)
                    .append(':')
                    .append((long) lower + lengths[i] - 1)
                    .append(']');
        }
        if (count < 0 || count > in.remaining() / Integer.BYTES) {
            throw new Undecodable("its elements are not all there");
        }
        if (count == 0) {
            return "{}";
        }
        List<String> elements = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            elements.add(element(type, in));
        }
        String text = nested(elements, lengths, type.delimiter());
        return usual ? text : bounds + "=" + text;
    }

    private String element(ValueType.Array type, Bytes in) {
        int length = in.int32();
        if (length == -1) {
            return "NULL";
        }
        return Quotes.inArray(value(type.element(), in.within(length)), type.delimiter());
    }

    /** The innermost dimension first. */
    private static String nested(List<String> elements, int[] lengths, char delimiter) {
        List<String> parts = elements;
        for (int i = lengths.length - 1; i >= 0; i--) {
            List<String> outer = new ArrayList<>();
            for (int from = 0; from < parts.size(); from += lengths[i]) {
                outer.add('{' + String.join(String.valueOf(delimiter), parts.subList(from, from + lengths[i])) + '}');
            }
            parts = outer;
        }
        return parts.getFirst();
    }

    private String range(ValueType.Range type, Bytes in) {
        int flags = in.uint8();
        if ((flags & EMPTY) != 0) {
            return "empty";
        }
        String lower = (flags & NO_LOWER) != 0 ? "" : bound(type, in);
        String upper = (flags & NO_UPPER) != 0 ? "" : bound(type, in);
        boolean fromLower = (flags & (LOWER_INCLUDED | NO_LOWER)) == LOWER_INCLUDED;
        boolean toUpper = (flags & (UPPER_INCLUDED | NO_UPPER)) == UPPER_INCLUDED;
        return (fromLower ? '[' : '(') + lower + ',' + upper + (toUpper ? ']' : ')');
    }

    private String bound(ValueType.Range type, Bytes in) {
        return Quotes.inRange(value(type.bound(), in.within(in.int32())));
    }

    private String multirange(ValueType.Multirange type, Bytes in) {
        int count = in.int32();
        if (count < 0 || count > in.remaining() / Integer.BYTES) {
            throw new Undecodable("its ranges are not all there");
        }
        StringJoiner ranges = new StringJoiner(",", "{", "}");
        for (int i = 0; i < count; i++) {
            ranges.add(value(type.range(), in.within(in.int32())));
        }
        return ranges.toString();
    }

    /** The server insists that each field has the type that the row type says, so what it says itself is that. */
    private String composite(Bytes in) {
        int count = in.int32();
        if (count < 0 || count > in.remaining() / (2 * Integer.BYTES)) {
            throw new Undecodable("its fields are not all there");
        }
        StringJoiner fields = new StringJoiner(",", "(", ")");
        for (int i = 0; i < count; i++) {
            int oid = in.int32();
            int length = in.int32();
            fields.add(length == -1 ? "" : Quotes.inRow(value(oid, in.within(length))));
        }
        return fields.toString();
    }
}
