package io.holdfast.protocol.message;

import io.netty.buffer.ByteBuf;

/**
 * Continues a SASL exchange; its meaning is the mechanism's.
 *
 * @param data the whole body
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record SaslResponse(byte[] data) {
    public static SaslResponse read(ByteBuf body) {
        return new SaslResponse(new BodyReader(body).restBytes());
    }
}
