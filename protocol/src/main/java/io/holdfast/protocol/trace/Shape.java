package io.holdfast.protocol.trace;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message: its name in PostgreSQL's manual, its tag, and its fields in order.
 *
 * @param name unlike the tag, unique in its direction
 */
record Shape(String name, byte tag, List<Field> fields) {
    static Shape of(String name, char tag, Field... fields) {
        return new Shape(name, (byte) tag, List.of(fields));
    }

    /** The line; null if the body is not of this shape, to the last byte. */
    @Nullable
    String format(ByteBuf body) {
        ByteBuf in = body.slice();
        StringBuilder line = new StringBuilder(name);
        try {
            fields.forEach(field -> field.format(in, line));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return null; // Netty's two answers to a length that does not fit
        }
        return in.isReadable() ? null : line.toString();
    }

    void parse(LineReader line, ByteBuf out) {
        out.writeByte(tag);
        int start = out.writerIndex();
        out.writeInt(0);
        fields.forEach(field -> field.parse(line, out));
        if (!line.atEnd()) {
            throw line.failure("expected the end");
        }
        out.setInt(start, out.writerIndex() - start);
    }
}
