package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * One command is done.
 *
 * @param tag such as {@code DELETE 3}
 */
public record CommandComplete(String tag) {
    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the terminator is missing or not the last byte
     */
    public static CommandComplete read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        CommandComplete message = new CommandComplete(in.text());
        in.end();
        return message;
    }
}
