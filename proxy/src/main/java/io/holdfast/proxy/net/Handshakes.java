package io.holdfast.proxy.net;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * The connections that have not said yet who they are. They cost little, but nothing stops anybody from making more: so there is
 * a bound, and beyond it the oldest goes. An honest client is through in a few round trips, and whoever wants to keep it out
 * must open {@code max} connections in that time, again and again. Thread-safe.
 */
final class Handshakes {
    private final int max;
    private final LinkedHashSet<Channel> open = new LinkedHashSet<>();

    /** @param max connections at one time */
    Handshakes(int max) {
        this.max = max;
    }

    /** A connection has been accepted. */
    void begin(Channel channel) {
        Channel oldest = add(channel);
        if (oldest != null) {
            oldest.close();
        }
        channel.closeFuture().addListener(_ -> end(channel));
    }

    /** It has sent its first packet, or it is gone. */
    synchronized void end(Channel channel) {
        open.remove(channel);
    }

    synchronized int count() {
        return open.size();
    }

    /** Gives the one that must go; null: none. */
    private synchronized @Nullable Channel add(Channel channel) {
        Channel oldest = open.size() < max ? null : open.removeFirst();
        open.add(channel);
        return oldest;
    }
}
