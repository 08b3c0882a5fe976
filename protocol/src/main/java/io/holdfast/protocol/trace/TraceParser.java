package io.holdfast.protocol.trace;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes a frame of a line as {@link TraceFormat} prints it. Blanks between words do not count, and empty lists at the end
 * of the line may be left out.
 */
public final class TraceParser {
    /** Tag and body as they are, for frames that no message has. */
    static final String RAW = "Frame";

    private static final Map<String, Shape> FRONTEND = byName(Shapes.FRONTEND);
    private static final Map<String, Shape> BACKEND = byName(Shapes.BACKEND);

    private TraceParser() {}

    /**
     * Appends a frame as a client sends it.
     *
     * @throws IllegalArgumentException if the line is not one that a client's frame prints; names the column
     */
    public static void frontend(String line, ByteBuf out) {
        parse(FRONTEND, line, out);
    }

    /**
     * Appends a frame as a server sends it.
     *
     * @throws IllegalArgumentException if the line is not one that a server's frame prints; names the column
     */
    public static void backend(String line, ByteBuf out) {
        parse(BACKEND, line, out);
    }

    private static void parse(Map<String, Shape> shapes, String text, ByteBuf out) {
        LineReader line = new LineReader(text);
        int start = out.writerIndex();
        try {
            String name = line.word();
            Shape shape = shapes.get(name);
            if (shape != null) {
                shape.parse(line, out);
            } else if (name.equals(RAW)) {
                raw(line, out);
            } else {
                throw line.failure("unknown message " + name);
            }
        } catch (IllegalArgumentException e) {
            out.writerIndex(start); // half a frame must not stay behind
            throw e;
        }
    }

    private static void raw(LineReader line, ByteBuf out) {
        int start = out.writerIndex();
        line.quoted(out);
        int lengthAt = start + 1;
        if (out.writerIndex() != lengthAt) {
            throw line.failure("expected a tag of one byte");
        }
        out.writeInt(0);
        line.quoted(out);
        out.setInt(lengthAt, out.writerIndex() - lengthAt);
    }

    private static Map<String, Shape> byName(List<Shape> shapes) {
        return shapes.stream().collect(toUnmodifiableMap(Shape::name, Function.identity()));
    }
}
