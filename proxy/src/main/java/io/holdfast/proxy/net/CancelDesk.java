package io.holdfast.proxy.net;

import io.holdfast.config.HostPort;
import io.holdfast.config.Peering;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.session.CancelKeys;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes CancelRequests: for our own sessions, and for those of peers, to whom they are handed once. Thread-safe. */
final class CancelDesk {
    private static final Logger LOG = LoggerFactory.getLogger(CancelDesk.class);

    /** Under way at one time, for all peers; a further one is dropped, as cancelling never promises anything. */
    private static final int MAX_FORWARDS = 64;

    private record Target(HostPort address, @Nullable SslContext tls) {}

    private final CancelKeys keys;
    private final Map<Integer, Target> peers = new HashMap<>();
    private final Function<EventLoop, Dialer> dialers;
    private final AtomicInteger forwards = new AtomicInteger();

    /**
     * @param dialers how peers are connected to from an event loop
     * @throws SSLException if the certificates that a peer is to be checked with cannot be read
     */
    CancelDesk(CancelKeys keys, Peering peering, Function<EventLoop, Dialer> dialers) throws SSLException {
        this.keys = keys;
        this.dialers = dialers;
        for (Peering.Peer peer : peering.peers()) {
            peers.put(peer.id(), new Target(peer.address(), TlsContexts.upstream(peer.tls())));
        }
    }

    /**
     * Cancels what the key's session does, here or elsewhere; a wrong key does nothing and says nothing.
     *
     * @param loop of the connection by which the request came
     * @param done called either way, on any thread
     */
    void present(EventLoop loop, int processId, byte[] secret, Runnable done) {
        int issuer = keys.issuer(processId);
        if (issuer == 0) {
            keys.present(processId, secret, done);
            return;
        }
        Target peer = peers.get(issuer);
        if (peer == null) {
            done.run();
            return;
        }
        if (forwards.incrementAndGet() > MAX_FORWARDS) {
            forwards.decrementAndGet();
            done.run();
            return;
        }
        dialers.apply(loop).dial(peer.address, new Forward(peer, processId, secret, () -> {
            forwards.decrementAndGet();
            done.run();
        }));
    }

    /** One request on its way; over when the peer has closed the connection, as a server does when it has signalled. */
    private static final class Forward extends ChannelInboundHandlerAdapter
            implements Dialer.Outcome, TlsRequest.Outcome {
        private final Target peer;
        private final int processId;
        private final byte[] secret;
        private final Runnable done;
        private @Nullable Channel connection;

        Forward(Target peer, int processId, byte[] secret, Runnable done) {
            this.peer = peer;
            this.processId = processId;
            this.secret = secret;
            this.done = done;
        }

        @Override
        public void connected(Channel channel, Duration left) {
            connection = channel;
            channel.closeFuture().addListener(_ -> done.run());
            channel.eventLoop().schedule(() -> channel.close(), left.toMillis(), TimeUnit.MILLISECONDS);
            if (peer.tls == null) {
                encrypted();
            } else {
                channel.pipeline().addLast(new TlsRequest(peer.tls, peer.address, this));
            }
            channel.pipeline().addLast(this);
        }

        /** Or was not to be. */
        @Override
        public void encrypted() {
            Channel channel = java.util.Objects.requireNonNull(connection);
            ByteBuf out = channel.alloc().buffer();
            FrontendWriter.cancelRequest(out, CancelKeys.forwarded(processId), secret);
            channel.writeAndFlush(out);
        }

        @Override
        public void failed(String why) {
            LOG.warn("a CancelRequest did not reach peer {}: {}", peer.address, why);
            if (connection == null) {
                done.run();
            } else {
                connection.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            Connections.log(LOG, "peer", ctx.channel(), cause);
            ctx.close();
        }
    }
}
