package io.holdfast.proxy.audit;

import java.io.Closeable;
import java.io.IOException;

/** Where lines are kept; used by one thread. */
interface LineStore extends Closeable {
    /** What was there when it was opened. */
    Tail tail();

    /**
     * Writes the bytes; a crash of the machine may still lose them.
     *
     * @throws IOException if they may not be there; some of them may be, and the store must be closed and opened again
     */
    void append(byte[] lines) throws IOException;

    /**
     * Returns when everything written is on disk.
     *
     * @throws IOException if it may not be; the store must be closed and opened again
     */
    void force() throws IOException;

    /** Length so far, in bytes. */
    long size() throws IOException;

    /**
     * Puts it away under another name, so that the next one to open begins empty and continues from here. Nothing but
     * {@link #close} may follow.
     *
     * @param lastSeq number of its last line
     * @throws IOException if it may not be; it must be closed and opened again
     */
    void archive(long lastSeq) throws IOException;

    /** Opens it, again after a failure. */
    @FunctionalInterface
    interface Opener {
        LineStore open() throws IOException;
    }
}
