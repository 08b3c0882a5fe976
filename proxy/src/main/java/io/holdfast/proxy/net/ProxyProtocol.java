package io.holdfast.proxy.net;

import io.holdfast.config.Cidr;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.session.Answers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The header with which a load balancer says whose connection it passes on, version 1 or 2. Whoever is listed must send one: a
 * receiver that guessed could be told a lie by a client. From anybody else it is no header but a bad startup packet.
 *
 * @see <a href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">The PROXY protocol</a>
 */
final class ProxyProtocol {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyProtocol.class);

    /** Extensions are read over; a header with more of them ends the connection. */
    private static final int MAX_EXTENSION_BYTES = 2048;

    /** Both versions begin with a byte with which no startup packet and no TLS handshake does. */
    private static final byte FIRST_OF_V1 = 'P';

    private static final byte FIRST_OF_V2 = '\r';

    private ProxyProtocol() {}

    /** Expects the header first if the peer is in one of the networks. */
    static void install(Channel channel, List<Cidr> from) {
        if (channel.remoteAddress() instanceof InetSocketAddress peer
                && from.stream().anyMatch(network -> network.contains(peer.getAddress()))) {
            channel.pipeline().addLast(new Gate(), new HAProxyMessageDecoder(MAX_EXTENSION_BYTES), new Receiver());
        }
    }

    /** Turns away who sends none, rather than waiting for more of it. */
    private static final class Gate extends ChannelInboundHandlerAdapter {
        private boolean refused;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (refused) {
                bytes.release();
                return;
            }
            byte first = bytes.isReadable() ? bytes.getByte(bytes.readerIndex()) : FIRST_OF_V1;
            if (first == FIRST_OF_V1 || first == FIRST_OF_V2) {
                ctx.pipeline().remove(this);
                ctx.fireChannelRead(bytes);
            } else {
                refused = true;
                bytes.release();
                ctx.channel().config().setAutoRead(false);
                ctx.writeAndFlush(Answers.error(
                                ctx.alloc(),
                                ProxyError.INVALID_STARTUP.report(
                                        "a PROXY protocol header is expected from this address")))
                        .addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    /** Takes the header; what comes behind it goes on. */
    private static final class Receiver extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HAProxyMessage header) {
                try {
                    take(ctx, header);
                } finally {
                    header.release();
                }
            } else {
                ctx.fireChannelRead(message);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (cause instanceof HAProxyProtocolException || cause.getCause() instanceof HAProxyProtocolException) {
                refuse(ctx, "malformed"); // its text is not for a log
            } else {
                ctx.fireExceptionCaught(cause);
            }
        }

        private void take(ChannelHandlerContext ctx, HAProxyMessage header) {
            switch (header.proxiedProtocol()) {
                // LOCAL and UNKNOWN: the load balancer itself, which looks whether we are there.
                case UNKNOWN -> ctx.pipeline().remove(this);
                case TCP4, TCP6 -> {
                    try {
                        ClientAddress.tell(
                                ctx.channel(),
                                new InetSocketAddress(
                                        InetAddress.ofLiteral(String.valueOf(header.sourceAddress())),
                                        header.sourcePort()));
                        ctx.pipeline().remove(this);
                    } catch (IllegalArgumentException e) {
                        refuse(ctx, "no address");
                    }
                }
                case UDP4, UDP6, UNIX_STREAM, UNIX_DGRAM -> refuse(ctx, "not a TCP connection");
            }
        }

        private static void refuse(ChannelHandlerContext ctx, String why) {
            LOG.warn(
                    "load balancer {}: not a PROXY protocol header: {}",
                    ctx.channel().remoteAddress(),
                    why);
            ctx.close();
        }
    }
}
