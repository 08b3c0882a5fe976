package io.holdfast.protocol.frame;

/** Limits by table: one array access per frame. */
final class TagLimits implements FrameLimits {
    /** PostgreSQL's PQ_SMALL_MESSAGE_LIMIT. */
    private static final int SMALL = 10_000;

    /** PostgreSQL's MaxAllocSize: no text or buffer of the server is longer. */
    private static final int MAX_ALLOC = 0x3fffffff;

    /** PostgreSQL's PG_MAX_AUTH_TOKEN_LENGTH; SASL messages and passwords are far shorter. */
    private static final int AUTH_TOKEN = 65_535;

    /** libpq calls the connection out of step when a message that should be short is longer than this. */
    private static final int LIBPQ_SHORT = 30_000;

    private static final int LENGTH_FIELD = 4;

    private final int[] maxLength = new int[256];

    private TagLimits() {}

    static TagLimits frontend() {
        return new TagLimits()
                .with(MAX_ALLOC - 1, "QPBFd")
                .with(SMALL, "DECSHXcf")
                .with(AUTH_TOKEN, "p");
    }

    static TagLimits backend() {
        return new TagLimits()
                .with(MAX_ALLOC + LENGTH_FIELD, "DTdENAVt")
                .with(LIBPQ_SHORT, "RKSCGHWv")
                .with(LENGTH_FIELD, "123nsIc")
                .with(LENGTH_FIELD + 1, "Z");
    }

    private TagLimits with(int limit, String tags) {
        tags.chars().forEach(tag -> maxLength[tag] = limit);
        return this;
    }

    @Override
    public int maxLength(byte tag) {
        int limit = maxLength[tag & 0xff];
        if (limit == 0) {
            throw new ProtocolViolation("invalid message type " + (tag & 0xff));
        }
        return limit;
    }
}
