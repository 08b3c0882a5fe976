package io.holdfast.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** One connection to a server of a script. */
final class FakeLeg implements LegLink {
    private final Lane lane;
    private final Input input;
    private @Nullable LegEvents events;
    private boolean closed;
    private boolean reading = true;

    FakeLeg(Lane lane, ByteBufAllocator allocator) {
        this.lane = lane;
        this.input = new Input(allocator);
    }

    void sends(byte[] bytes) {
        LegEvents now = events;
        if (now != null && !closed) {
            input.add(bytes);
            input.read(now::bytes);
            now.readComplete();
        }
    }

    /** The server ends the connection. */
    void goes() {
        closed = true;
        if (events != null) {
            events.gone();
        }
    }

    boolean isClosed() {
        return closed;
    }

    void release() {
        input.release();
    }

    @Override
    public void attach(LegEvents newEvents) {
        events = newEvents;
    }

    @Override
    public void write(ByteBuf frames) {
        if (closed) {
            frames.release();
        } else {
            lane.write(frames);
        }
    }

    @Override
    public void flush() {
        lane.flush();
    }

    @Override
    public void read(boolean wanted) {
        if (reading != wanted) {
            reading = wanted;
            lane.says(wanted ? "Reads" : "StopsReading");
        }
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lane.flush();
            lane.says("Closed");
        }
    }
}
