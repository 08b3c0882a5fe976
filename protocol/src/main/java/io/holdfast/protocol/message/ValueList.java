package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A counted list of values that may be NULL: parameters, arguments, the columns of a row. Only positions are kept. */
public final class ValueList {
    private final ByteBuf body;
    private final int[] starts;
    private final int[] lengths;

    private ValueList(ByteBuf body, int[] starts, int[] lengths) {
        this.body = body;
        this.starts = starts;
        this.lengths = lengths;
    }

    /** Reads the count and walks the values; each takes at least its length field. */
    static ValueList read(BodyReader in, ByteBuf body) {
        int count = Fields.count(in, Integer.BYTES);
        int[] starts = new int[count];
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            int length = length(in, i);
            starts[i] = body.writerIndex() - in.remaining();
            lengths[i] = length;
            in.skip(Math.max(length, 0));
        }
        return new ValueList(body, starts, lengths);
    }

    /** Steps over the values; gives how many there are. */
    static int skip(BodyReader in) {
        int count = Fields.count(in, Integer.BYTES);
        for (int i = 0; i < count; i++) {
            in.skip(Math.max(length(in, i), 0));
        }
        return count;
    }

    private static int length(BodyReader in, int index) {
        int length = in.int32();
        if (length < -1) {
            throw new ProtocolViolation("length of value " + (index + 1) + ": " + length + " (expected: -1 or more)");
        }
        return length;
    }

    public int size() {
        return starts.length;
    }

    /** Bytes of a value; -1 for NULL. */
    public int length(int index) {
        return lengths[index];
    }

    /** A non-retained slice; null for NULL. */
    public @Nullable ByteBuf get(int index) {
        return lengths[index] < 0 ? null : body.slice(starts[index], lengths[index]);
    }
}
