package io.holdfast.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;

/** What all connections have in common. */
final class Connections {
    /** For a peer to take what is queued for it. */
    private static final long GOODBYE_SECONDS = 10;

    private Connections() {}

    /** Closes behind these last bytes, which it releases; a peer that does not take them is cut off. */
    static void closeBehind(Channel channel, ByteBuf last) {
        ChannelFuture sent = channel.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
        if (!sent.isDone()) {
            channel.eventLoop().schedule(() -> channel.close(), GOODBYE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** A connection that breaks is everyday, and so is a peer that speaks no TLS; anything else is worth a look. */
    static void log(Logger log, String what, Channel channel, Throwable cause) {
        if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
            log.debug("{} {}: {}", what, ClientAddress.of(channel), cause.toString());
        } else {
            log.warn("{} {}: closing the connection", what, ClientAddress.of(channel), cause);
        }
    }
}
