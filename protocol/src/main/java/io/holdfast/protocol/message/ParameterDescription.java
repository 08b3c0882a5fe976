package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * The parameters of a described statement.
 *
 * @param types OIDs, unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record ParameterDescription(int[] types) {
    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the fields do not fill the body exactly
     */
    public static ParameterDescription read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        int[] types = Fields.int32List(in);
        in.end();
        return new ParameterDescription(types);
    }
}
