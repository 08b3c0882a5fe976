package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * A NOTIFY of some session arrives.
 *
 * @param pid of the backend that sent it
 */
public record NotificationResponse(int pid, String channel, String payload) {
    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the fields do not fill the body exactly
     */
    public static NotificationResponse read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        NotificationResponse message = new NotificationResponse(in.int32(), in.text(), in.text());
        in.end();
        return message;
    }
}
