package io.holdfast.proxy.session;

import io.netty.buffer.ByteBuf;

/** What net tells about one upstream connection, on the session's event loop. */
public interface LegEvents {
    /** Bytes from the server; what is not consumed comes again with more behind it. */
    void bytes(ByteBuf in);

    /** The read batch is over: what was queued may be sent. */
    void readComplete();

    /** The server takes bytes fast enough again, or does not any more. */
    void writable(boolean writable);

    /** The connection has ended, whoever ended it. Called once. */
    void gone();
}
