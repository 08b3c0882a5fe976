package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * Prepares a statement.
 *
 * @param name of the statement, byte for byte as ISO-8859-1; empty for the unnamed one
 * @param sql the exact bytes, without the terminator; a non-retained slice of the body
 * @param parameterTypes type OIDs (unsigned) as the client gave them; 0 leaves the type to the server
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY">Extended Query</a>
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record ParseMessage(String name, ByteBuf sql, int[] parameterTypes) {
    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the fields do not fill the body exactly
     */
    public static ParseMessage read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        String name = in.name();
        ByteBuf sql = in.cString();
        int[] types = Fields.int32List(in);
        in.end();
        return new ParseMessage(name, sql, types);
    }
}
