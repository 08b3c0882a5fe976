package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * Asks what a statement takes and returns, or what a portal returns.
 *
 * @param name byte for byte as ISO-8859-1; empty for the unnamed one
 */
public record DescribeMessage(TargetKind kind, String name) {
    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the kind is unknown or the fields do not fill the body exactly
     */
    public static DescribeMessage read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        DescribeMessage message = new DescribeMessage(TargetKind.of(in.int8()), in.name());
        in.end();
        return message;
    }
}
