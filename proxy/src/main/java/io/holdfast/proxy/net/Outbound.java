package io.holdfast.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/** The sending side of one connection, and whether its receiving side is read; what both kinds of link do alike. */
final class Outbound {
    private final Channel channel;
    private boolean unflushed;

    Outbound(Channel channel) {
        this.channel = channel;
    }

    /** Queues frames; releases them. A write that fails closes the channel. */
    void write(ByteBuf frames) {
        unflushed = true;
        channel.write(frames, channel.voidPromise());
    }

    /** Sends what is queued; false, and at no cost, if nothing is. */
    boolean flush() {
        if (!unflushed) {
            return false;
        }
        unflushed = false;
        channel.flush();
        return true;
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    /** Starts or stops reading from the peer. */
    void read(boolean wanted) {
        if (isRead() != wanted) {
            channel.config().setAutoRead(wanted);
        }
    }

    boolean isRead() {
        return channel.config().isAutoRead();
    }

    /** Closes once the last words, and all before them, are sent. */
    void closeBehind(ByteBuf lastWords) {
        Connections.closeBehind(channel, lastWords);
    }
}
