package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a SASL mechanism.
 *
 * @param data of the mechanism; null where the client sent none
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record SaslInitialResponse(String mechanism, byte @Nullable [] data) {
    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the fields do not fill the body exactly
     */
    public static SaslInitialResponse read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        String mechanism = in.name();
        int length = in.int32();
        byte[] data = length == -1 ? null : in.bytes(length);
        in.end();
        return new SaslInitialResponse(mechanism, data);
    }
}
