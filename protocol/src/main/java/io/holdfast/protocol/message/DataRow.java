package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/** One row of a result. */
public record DataRow(ValueList values) {
    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if a count or a length does not fit, or the values do not fill the body exactly
     */
    public static DataRow read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        ValueList values = ValueList.read(in, body);
        in.end();
        return new DataRow(values);
    }
}
