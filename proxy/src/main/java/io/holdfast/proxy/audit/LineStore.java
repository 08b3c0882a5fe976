package io.holdfast.proxy.audit;

import java.io.Closeable;
import java.io.IOException;

/** Where lines are kept; used by one thread. */
interface LineStore extends Closeable {
    /** What was there when it was opened. */
    Tail tail();

    /**
     * Returns when the bytes are on disk.
     *
     * @throws IOException if they may not be; some of them may be, and the store must be closed and opened again
     */
    void append(byte[] lines) throws IOException;

    /** Opens it, again after a failure. */
    @FunctionalInterface
    interface Opener {
        LineStore open() throws IOException;
    }
}
