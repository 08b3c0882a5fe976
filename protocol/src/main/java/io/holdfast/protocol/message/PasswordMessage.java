package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * A password in clear or hashed with MD5.
 *
 * @param password the exact bytes: the protocol names no encoding for it
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record PasswordMessage(byte[] password) {
    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the terminator is missing or not the last byte
     */
    public static PasswordMessage read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        ByteBuf text = in.cString();
        in.end();
        return new PasswordMessage(new BodyReader(text).restBytes());
    }

    /** Without the password: this may end in a log. */
    @Override
    public String toString() {
        return "PasswordMessage[]";
    }
}
