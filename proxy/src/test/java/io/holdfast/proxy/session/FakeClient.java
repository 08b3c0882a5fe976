package io.holdfast.proxy.session;

import io.holdfast.protocol.trace.TraceFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/** The client of a script. */
final class FakeClient implements ClientLink {
    final Lane sent = new Lane(TraceFormat::backend);
    private final Input input;
    private final EventExecutor loop;
    private @Nullable Session session;
    private boolean closed;
    private boolean reading = true;
    private boolean writable = true;

    FakeClient(ByteBufAllocator allocator, EventExecutor loop) {
        this.input = new Input(allocator);
        this.loop = loop;
    }

    void start(Session newSession) {
        session = newSession;
    }

    void sends(byte[] bytes) {
        if (!closed) {
            input.add(bytes);
            read();
        }
    }

    /** Its connection has ended. */
    void goes() {
        closed = true;
        if (session != null) {
            session.clientGone();
        }
    }

    void takes(boolean fast) {
        writable = fast;
        if (session != null) {
            session.clientWritable(fast);
        }
    }

    void release() {
        input.release();
        sent.release();
    }

    @Override
    public void write(ByteBuf frames) {
        sent.write(frames);
    }

    @Override
    public void flush() {
        sent.flush();
    }

    @Override
    public void resumeLater() {
        loop.execute(this::read);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            sent.flush();
            sent.says("Closed");
        }
    }

    @Override
    public void read(boolean wanted) {
        if (reading != wanted) {
            reading = wanted;
            sent.says(wanted ? "Reads" : "StopsReading");
        }
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    private void read() {
        Session now = session;
        if (now != null && !closed) {
            input.read(now::clientBytes);
            now.clientReadComplete();
        }
    }
}
