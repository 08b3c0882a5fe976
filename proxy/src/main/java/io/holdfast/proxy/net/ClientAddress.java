package io.holdfast.proxy.net;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Where a client really is, whatever stands between. */
final class ClientAddress {
    private static final AttributeKey<InetSocketAddress> TOLD = AttributeKey.valueOf(ClientAddress.class, "told");

    /** Who comes by a Unix socket is on this machine. */
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private ClientAddress() {}

    /** What a load balancer has told, else the other end of the connection. */
    static InetSocketAddress of(Channel channel) {
        InetSocketAddress told = channel.attr(TOLD).get();
        if (told != null) {
            return told;
        }
        return channel.remoteAddress() instanceof InetSocketAddress peer ? peer : LOCAL;
    }

    /** A load balancer that is believed has told it. */
    static void tell(Channel channel, InetSocketAddress address) {
        channel.attr(TOLD).set(address);
    }
}
