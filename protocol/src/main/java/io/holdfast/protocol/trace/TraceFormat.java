package io.holdfast.protocol.trace;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints a frame as one line, such as {@code CommandComplete "DELETE 3"}, without loss: {@link TraceParser} makes the same
 * bytes of it. What cannot be read is printed as {@code Frame "Q" "select 1"}, tag and body.
 *
 * <p>Prints everything: passwords, cancel keys and data too. What goes into a log must be chosen before.
 */
public final class TraceFormat {
    private static final int LENGTH_AT = 1;
    private static final int HEADER = 5;

    private TraceFormat() {}

    /**
     * Prints a frame that a client sent.
     *
     * @param frame exactly one, tag and length field included; its indexes stay as they are
     * @throws IllegalArgumentException if it is more or less than one frame
     */
    public static String frontend(ByteBuf frame) {
        return format(Shapes.FRONTEND, frame);
    }

    /**
     * Prints a frame that a server sent.
     *
     * @param frame exactly one, tag and length field included; its indexes stay as they are
     * @throws IllegalArgumentException if it is more or less than one frame
     */
    public static String backend(ByteBuf frame) {
        return format(Shapes.BACKEND, frame);
    }

    private static String format(List<Shape> shapes, ByteBuf frame) {
        int start = frame.readerIndex();
        int size = frame.readableBytes();
        if (size < HEADER || frame.getInt(start + LENGTH_AT) != size - LENGTH_AT) {
            throw new IllegalArgumentException("not exactly one frame");
        }
        byte tag = frame.getByte(start);
        ByteBuf body = frame.slice(start + HEADER, size - HEADER);
        for (Shape shape : shapes) {
            @Nullable String line = shape.tag() == tag ? shape.format(body) : null;
            if (line != null) {
                return line;
            }
        }
        StringBuilder line = new StringBuilder(TraceParser.RAW).append(' ');
        Quoting.append(frame.slice(start, 1), line);
        Quoting.append(body, line.append(' '));
        return line.toString();
    }
}
