package io.holdfast.proxy.net;

import io.holdfast.config.HoldfastConfig;
import io.holdfast.protocol.scram.ScramNonce;
import io.holdfast.proxy.approval.People;
import io.holdfast.proxy.console.Console;
import io.holdfast.proxy.session.CancelKeys;
import io.holdfast.proxy.session.LegOpener;
import io.holdfast.proxy.session.Session;
import io.holdfast.proxy.session.SessionServices;
import io.holdfast.proxy.upstream.VerifierSource;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The listening side of a proxy: accepts clients until it is closed. */
public final class ProxyServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Transport transport;
    private final Names names;
    private final Channel listener;
    private final Clients clients;

    private ProxyServer(Transport transport, Names names, Channel listener, Clients clients) {
        this.transport = transport;
        this.names = names;
        this.listener = listener;
        this.clients = clients;
    }

    /**
     * Listens.
     *
     * @param services without a way to open legs: each event loop gets its own
     * @throws IOException if the port is taken or a TLS file is unusable; the message says which
     */
    public static ProxyServer start(
            HoldfastConfig config, Services services, VerifierSource verifiers, People people, Console console)
            throws IOException {
        TlsContexts.Server tls = TlsContexts.server(config.tls());
        SslContext upstreamTls = TlsContexts.upstream(config.upstream().tls());
        SecureRandom random = new SecureRandom();
        ScramNonce nonce = ScramNonce.random(random);
        byte[] mockSecret = new byte[32];
        random.nextBytes(mockSecret);
        Clients clients = new Clients(config.limits());
        Handshakes handshakes = new Handshakes(config.limits().maxHandshakes());
        CancelKeys keys = new CancelKeys();
        Names names = Names.ofSystem(config.upstream().connectTimeout());
        Transport transport = Transport.best(Runtime.getRuntime().availableProcessors());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(transport.loops())
                .channel(transport.server())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(64 << 10, 256 << 10))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        Dialer dialer = new Dialer(
                                channel.eventLoop(),
                                transport.client(),
                                names,
                                config.upstream().connectTimeout());
                        LegOpener legs = new UpstreamConnector(dialer, upstreamTls, nonce);
                        channel.pipeline()
                                .addLast(new InitialHandler(new Gateway(
                                        config,
                                        services.with(legs),
                                        verifiers,
                                        people,
                                        console,
                                        keys,
                                        clients,
                                        handshakes,
                                        nonce,
                                        mockSecret,
                                        tls)));
                    }
                });
        ChannelFuture bound =
                bootstrap.bind(config.listen().host(), config.listen().port()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            names.close();
            transport.loops().shutdownGracefully(0, 1, TimeUnit.SECONDS);
            Throwable cause = bound.cause();
            throw new IOException("cannot listen on " + config.listen() + ": " + cause.getMessage(), cause);
        }
        return new ProxyServer(transport, names, bound.channel(), clients);
    }

    /** What sessions share, but for the legs. */
    @FunctionalInterface
    public interface Services {
        SessionServices with(LegOpener legs);
    }

    /** The port that is listened on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** The sessions of the moment. */
    public List<Session> sessions() {
        return clients.sessions();
    }

    /**
     * Stops listening, says goodbye to every client, and gives what is queued two seconds to leave. The event loops come last:
     * the first thing that they do when they shut down is to close every channel.
     */
    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        clients.shutdown(GOODBYE);
        names.close();
        transport
                .loops()
                .shutdownGracefully(50, GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
                .syncUninterruptibly();
    }
}
