package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/** The value of a setting that the server reports. */
public record ParameterStatus(String name, String value) {
    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the fields do not fill the body exactly
     */
    public static ParameterStatus read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        ParameterStatus message = new ParameterStatus(in.text(), in.text());
        in.end();
        return message;
    }
}
