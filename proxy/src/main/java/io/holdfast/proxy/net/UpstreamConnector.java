package io.holdfast.proxy.net;

import io.holdfast.config.HostPort;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.scram.ScramNonce;
import io.holdfast.proxy.session.BackendKey;
import io.holdfast.proxy.session.Identity;
import io.holdfast.proxy.session.LegOpener;
import io.holdfast.proxy.session.LegRole;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens the legs of the sessions of one event loop. */
final class UpstreamConnector implements LegOpener {
    private final EventLoop loop;
    private final Class<? extends SocketChannel> channels;
    private final @Nullable SslContext tls;
    private final Duration timeout;
    private final ScramNonce nonce;

    UpstreamConnector(
            EventLoop loop,
            Class<? extends SocketChannel> channels,
            @Nullable SslContext tls,
            Duration timeout,
            ScramNonce nonce) {
        this.loop = loop;
        this.channels = channels;
        this.tls = tls;
        this.timeout = timeout;
        this.nonce = nonce;
    }

    @Override
    public void open(HostPort server, LegRole role, Identity identity, Opened then) {
        UpstreamLogin login = new UpstreamLogin(server, role, identity, tls, nonce, then);
        bootstrap(login).connect(address(server)).addListener((ChannelFutureListener) connected -> {
            if (!connected.isSuccess()) {
                then.unreachable(String.valueOf(connected.cause().getMessage()));
                return;
            }
            ChannelHandlerContext place = connected.channel().pipeline().context(login);
            if (place != null) {
                var timer = loop.schedule(() -> login.timeout(place), timeout.toMillis(), TimeUnit.MILLISECONDS);
                connected.channel().closeFuture().addListener(_ -> timer.cancel(false));
            }
        });
    }

    /** In clear even where sessions are encrypted: servers accept it before they look at pg_hba, and it holds no secret but the key. */
    @Override
    public void cancel(HostPort server, BackendKey key, Runnable done) {
        ChannelInboundHandlerAdapter nothing = new ChannelInboundHandlerAdapter();
        bootstrap(nothing).connect(address(server)).addListener((ChannelFutureListener) connected -> {
            if (!connected.isSuccess()) {
                done.run();
                return;
            }
            Channel channel = connected.channel();
            ByteBuf out = channel.alloc().buffer();
            FrontendWriter.cancelRequest(out, key.processId(), key.secret());
            channel.writeAndFlush(out);
            loop.schedule(() -> channel.close(), timeout.toMillis(), TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(_ -> done.run());
        });
    }

    private Bootstrap bootstrap(ChannelInboundHandlerAdapter handler) {
        return new Bootstrap()
                .group(loop)
                .channel(channels)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(handler);
                    }
                });
    }

    private static InetSocketAddress address(HostPort server) {
        return InetSocketAddress.createUnresolved(server.host(), server.port());
    }
}
