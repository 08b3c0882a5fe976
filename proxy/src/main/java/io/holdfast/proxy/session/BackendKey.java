package io.holdfast.proxy.session;

/**
 * What a CancelRequest must name.
 *
 * @param processId as the server gave it
 * @param secret 4..256 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, by those who know how
public record BackendKey(int processId, byte[] secret) {
    /** Without the secret: this may end in a log. */
    @Override
    public String toString() {
        return "BackendKey[processId=" + processId + ']';
    }
}
