package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/** Ends a COPY FROM STDIN with an error of the client's making. */
public record CopyFailMessage(String reason) {
    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the terminator is missing or not the last byte
     */
    public static CopyFailMessage read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        CopyFailMessage message = new CopyFailMessage(in.text());
        in.end();
        return message;
    }
}
