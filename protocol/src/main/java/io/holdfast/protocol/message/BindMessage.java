package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * Binds values to a prepared statement. The names are read at once, the values when asked for.
 *
 * @param portal byte for byte as ISO-8859-1; empty for the unnamed one
 * @param statement byte for byte as ISO-8859-1; empty for the unnamed one
 * @param rest everything behind the names, not yet checked; a non-retained slice of the body
 */
public record BindMessage(String portal, String statement, ByteBuf rest) {
    /**
     * Reads the names.
     *
     * @throws ProtocolViolation if a name has no end
     */
    public static BindMessage read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        return new BindMessage(in.name(), in.name(), in.rest());
    }

    /**
     * Reads and checks formats and values.
     *
     * @throws ProtocolViolation if a count or a length does not fit, or the fields do not fill the body exactly
     */
    public Arguments arguments() {
        BodyReader in = new BodyReader(rest);
        int[] formats = Fields.formatList(in);
        ValueList values = ValueList.read(in, rest);
        int[] resultFormats = Fields.formatList(in);
        in.end();
        return new Arguments(formats, values, resultFormats);
    }
}
