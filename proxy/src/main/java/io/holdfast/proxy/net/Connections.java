package io.holdfast.proxy.net;

import io.netty.channel.Channel;
import java.io.IOException;
import org.slf4j.Logger;

/** What all connections have in common. */
final class Connections {
    private Connections() {}

    /** A connection that breaks is everyday; anything else is worth a look. */
    static void log(Logger log, String what, Channel channel, Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("{} {}: {}", what, channel.remoteAddress(), cause.toString());
        } else {
            log.warn("{} {}: closing the connection", what, channel.remoteAddress(), cause);
        }
    }
}
