package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * A simple query.
 *
 * @param sql the exact bytes, without the terminator; a non-retained slice of the body
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SIMPLE-QUERY">Simple Query</a>
 */
public record QueryMessage(ByteBuf sql) {
    /**
     * Reads the body. The first NUL must be its last byte: with one further inside, the server would run a shorter text
     * than the one that was looked at.
     *
     * @throws ProtocolViolation if the terminator is missing or not the last byte
     */
    public static QueryMessage read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        ByteBuf sql = in.cString();
        in.end();
        return new QueryMessage(sql);
    }
}
