package io.holdfast.proxy.session;

/** How the bytes of a script arrive. Whatever it is, the transcript must be the same. */
enum Delivery {
    /** What a peer sends before somebody else does anything, in one segment. */
    JOINED,
    /** Every frame in a segment. */
    FRAMES,
    /** Every byte in a segment. */
    BYTES
}
