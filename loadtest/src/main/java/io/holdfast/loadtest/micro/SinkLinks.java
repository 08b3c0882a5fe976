package io.holdfast.loadtest.micro;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.session.BackendKey;
import io.holdfast.proxy.session.ClientLink;
import io.holdfast.proxy.session.Identity;
import io.holdfast.proxy.session.LegEvents;
import io.holdfast.proxy.session.LegLink;
import io.holdfast.proxy.session.LegOpener;
import io.holdfast.proxy.session.LegRole;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What a session has for sockets here: bytes are counted and released. */
final class SinkLinks {
    private SinkLinks() {}

    /** Towards the client. */
    static final class Client implements ClientLink {
        private long bytes;

        long bytes() {
            return bytes;
        }

        @Override
        public void write(ByteBuf frames) {
            bytes += frames.readableBytes();
            frames.release();
        }

        @Override
        public void flush() {}

        @Override
        public void resumeLater() {}

        @Override
        public void close() {}

        @Override
        public void read(boolean wanted) {}

        @Override
        public boolean isWritable() {
            return true;
        }
    }

    /** Towards the server. */
    static final class Server implements LegLink {
        private @Nullable LegEvents events;
        private long bytes;

        long bytes() {
            return bytes;
        }

        LegEvents events() {
            if (events == null) {
                throw new IllegalStateException("no session has attached itself");
            }
            return events;
        }

        @Override
        public void attach(LegEvents newEvents) {
            events = newEvents;
        }

        @Override
        public void write(ByteBuf frames) {
            bytes += frames.readableBytes();
            frames.release();
        }

        @Override
        public void flush() {}

        @Override
        public void read(boolean wanted) {}

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** There is one leg, and nothing asks for another. */
    static final class NoOpener implements LegOpener {
        @Override
        public void open(HostPort server, LegRole role, Identity identity, Opened then) {
            throw new IllegalStateException("a session with all it needs opens a leg to " + server);
        }

        @Override
        public void cancel(HostPort server, BackendKey key, Runnable done) {
            done.run();
        }
    }
}
