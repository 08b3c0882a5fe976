package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * Calls a function by its OID, without any SQL. The arguments are read when asked for.
 *
 * @param oid of the function, unsigned
 * @param rest everything behind the OID, not yet checked; a non-retained slice of the body
 */
public record FunctionCallMessage(int oid, ByteBuf rest) {
    /**
     * Reads the OID.
     *
     * @throws ProtocolViolation if the body is shorter
     */
    public static FunctionCallMessage read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        return new FunctionCallMessage(in.int32(), in.rest());
    }

    /**
     * Reads and checks formats and arguments; there is exactly one result format.
     *
     * @throws ProtocolViolation if a count or a length does not fit, or the fields do not fill the body exactly
     */
    public Arguments arguments() {
        BodyReader in = new BodyReader(rest);
        int[] formats = Fields.formatList(in);
        ValueList values = ValueList.read(in, rest);
        int[] resultFormats = {in.int16()};
        in.end();
        return new Arguments(formats, values, resultFormats);
    }
}
