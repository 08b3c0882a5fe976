package io.holdfast.protocol.frame;

/** The longest frame that is accepted for each message type of one direction. */
public interface FrameLimits {
    /** What a server accepts from a client: the limits of PostgreSQL's {@code SocketBackend}. */
    FrameLimits FRONTEND = TagLimits.frontend();

    /** What a client accepts from a server: data as large as PostgreSQL can make it, control messages as libpq takes them. */
    FrameLimits BACKEND = TagLimits.backend();

    /**
     * Bounds the length field, which counts itself but not the tag.
     *
     * @return the largest permitted length, in bytes; 4..{@link Integer#MAX_VALUE}{@code - 1}
     * @throws ProtocolViolation if there is no such message in this direction; the connection must close
     */
    int maxLength(byte tag);
}
