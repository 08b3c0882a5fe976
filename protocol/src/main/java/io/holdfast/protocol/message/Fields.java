package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;

/** Counted lists. The count is checked against the body before anything is allocated for it. */
final class Fields {
    private Fields() {}

    /** An Int16 count, taken as unsigned because PostgreSQL allows 65535 parameters, of Int32 values. */
    static int[] int32List(BodyReader in) {
        int[] values = new int[count(in, Integer.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.int32();
        }
        return values;
    }

    /** An Int16 count of Int16 format codes; 0 is text, 1 is binary. */
    static int[] formatList(BodyReader in) {
        int[] formats = new int[count(in, Short.BYTES)];
        for (int i = 0; i < formats.length; i++) {
            formats[i] = in.int16();
        }
        return formats;
    }

    /** Steps over what {@link #formatList} reads; gives how many there are. */
    static int skipFormats(BodyReader in) {
        int count = count(in, Short.BYTES);
        in.skip(count * Short.BYTES);
        return count;
    }

    /**
     * An Int16 count.
     *
     * @param least the fewest bytes that one element takes
     */
    static int count(BodyReader in, int least) {
        int count = in.uint16();
        if ((long) count * least > in.remaining()) {
            throw new ProtocolViolation("insufficient data left in message");
        }
        return count;
    }
}
