package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * Forgets a statement, and with it its portals, or a portal. Not an error if there is none.
 *
 * @param name byte for byte as ISO-8859-1; empty for the unnamed one
 */
public record CloseMessage(TargetKind kind, String name) {
    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the kind is unknown or the fields do not fill the body exactly
     */
    public static CloseMessage read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        CloseMessage message = new CloseMessage(TargetKind.of(in.int8()), in.name());
        in.end();
        return message;
    }
}
