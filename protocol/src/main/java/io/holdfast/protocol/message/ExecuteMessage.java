package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * Runs a portal.
 *
 * @param portal byte for byte as ISO-8859-1; empty for the unnamed one
 * @param maxRows rows to return before the portal is suspended; 0 or less for all. Bounds what is returned, not what is
 *     done: a DELETE with RETURNING runs wholly
 */
public record ExecuteMessage(String portal, int maxRows) {
    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the fields do not fill the body exactly
     */
    public static ExecuteMessage read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        ExecuteMessage message = new ExecuteMessage(in.name(), in.int32());
        in.end();
        return message;
    }
}
