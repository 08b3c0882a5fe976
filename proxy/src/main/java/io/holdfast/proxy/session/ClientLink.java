package io.holdfast.proxy.session;

import io.netty.buffer.ByteBuf;

/** The client as its session sees it. All calls on the session's event loop. */
public interface ClientLink {
    /** Queues whole or partial frames, in order; releases them. Sent at the next {@link #flush()}. */
    void write(ByteBuf frames);

    void flush();

    /** Looks again at bytes that the session left in place. Never calls back before it returns. */
    void resumeLater();

    /** Closes once everything queued is sent. */
    void close();

    /** Starts or stops reading from the client, for back-pressure. */
    void read(boolean wanted);

    /** Whether the client takes bytes fast enough; if not, servers are not read. */
    boolean isWritable();
}
