package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The result of a FunctionCall.
 *
 * @param value a non-retained slice of the body; null for NULL
 */
public record FunctionCallResponse(@Nullable ByteBuf value) {
    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the value does not fill the body exactly
     */
    public static FunctionCallResponse read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        int length = in.int32();
        ByteBuf value = length == -1 ? null : in.slice(length);
        in.end();
        return new FunctionCallResponse(value);
    }
}
