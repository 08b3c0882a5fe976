package io.holdfast.proxy.net;

import io.netty.channel.Channel;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;

/** What all connections have in common. */
final class Connections {
    private Connections() {}

    /** A connection that breaks is everyday, and so is a peer that speaks no TLS; anything else is worth a look. */
    static void log(Logger log, String what, Channel channel, Throwable cause) {
        if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
            log.debug("{} {}: {}", what, channel.remoteAddress(), cause.toString());
        } else {
            log.warn("{} {}: closing the connection", what, channel.remoteAddress(), cause);
        }
    }
}
