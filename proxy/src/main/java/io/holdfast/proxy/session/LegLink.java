package io.holdfast.proxy.session;

import io.netty.buffer.ByteBuf;

/** One server connection as its session sees it. All calls on the session's event loop. */
public interface LegLink {
    /** Says who is told of everything from now on; called once, right after the leg was opened. */
    void attach(LegEvents events);

    /** Queues frames, in order; releases them. Sent at the next {@link #flush()}. */
    void write(ByteBuf frames);

    void flush();

    /** Starts or stops reading from the server, for back-pressure. */
    void read(boolean wanted);

    /** Whether the server takes bytes fast enough; if not, the client is not read. */
    boolean isWritable();

    /** Sends Terminate and closes. */
    void close();
}
