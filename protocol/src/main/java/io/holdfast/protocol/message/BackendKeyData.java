package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * What a client must know to cancel.
 *
 * @param key 4 bytes up to protocol 3.1, 4..256 bytes from 3.2 on
 */
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, by those who know how
public record BackendKeyData(int pid, byte[] key) {
    private static final int LEAST = 4;
    private static final int MOST = 256;

    /** Checks the length of the key. */
    public BackendKeyData {
        if (key.length < LEAST || key.length > MOST) {
            throw new ProtocolViolation("cancel key: " + key.length + " bytes (expected: " + LEAST + ".." + MOST + ')');
        }
    }

    /**
     * Reads the body.
     *
     * @throws ProtocolViolation if the key is too short or too long
     */
    public static BackendKeyData read(ByteBuf body) {
        BodyReader in = new BodyReader(body);
        return new BackendKeyData(in.int32(), in.restBytes());
    }

    /** Without the key: this may end in a log. */
    @Override
    public String toString() {
        return "BackendKeyData[pid=" + pid + ']';
    }
}
