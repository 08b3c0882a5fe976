package io.holdfast.proxy.net;

import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.HostPort;
import io.holdfast.protocol.scram.ScramNonce;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.People;
import io.holdfast.proxy.ci.Guard;
import io.holdfast.proxy.console.Console;
import io.holdfast.proxy.session.CancelKeys;
import io.holdfast.proxy.session.LegOpener;
import io.holdfast.proxy.session.Session;
import io.holdfast.proxy.session.SessionServices;
import io.holdfast.proxy.upstream.Topology;
import io.holdfast.proxy.upstream.VerifierSource;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The listening side of a proxy: accepts clients until it is closed. */
public final class ProxyServer implements AutoCloseable {
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Transport transport;
    private final Names names;
    private final Listeners listeners;
    private final Clients clients;

    private ProxyServer(Transport transport, Names names, Listeners listeners, Clients clients) {
        this.transport = transport;
        this.names = names;
        this.listeners = listeners;
        this.clients = clients;
    }

    /**
     * Listens.
     *
     * @param services without a way to open legs: each connection gets its own
     * @param guard keeps CI where it belongs; the one that sessions have, too
     * @param background for what may block, such as a command of the console
     * @throws IOException if an address is not to be had or a TLS file is unusable; the message says which
     */
    public static ProxyServer start(
            HoldfastConfig config,
            Services services,
            Guard guard,
            VerifierSource verifiers,
            People people,
            Console console,
            Executor background)
            throws IOException {
        TlsContexts.Server tls = TlsContexts.server(config.tls());
        SslContext upstreamTls = TlsContexts.upstream(config.upstream().tls());
        SecureRandom random = new SecureRandom();
        ScramNonce nonce = ScramNonce.random(random);
        byte[] mockSecret = new byte[32];
        random.nextBytes(mockSecret);
        Clients clients = new Clients(config.limits());
        Handshakes handshakes = new Handshakes(config.limits().maxHandshakes());
        CancelKeys keys = new CancelKeys(config.peering().id());
        Names names = Names.ofSystem(config.upstream().connectTimeout());
        Transport transport = Transport.best(Runtime.getRuntime().availableProcessors());
        Function<EventLoop, Dialer> dialers =
                loop -> new Dialer(loop, transport, names, config.upstream().connectTimeout());
        try {
            CancelDesk cancels = new CancelDesk(keys, config.peering(), dialers);
            var door = new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    ProxyProtocol.install(channel, config.proxyProtocol());
                    LegOpener legs = new UpstreamConnector(
                            new Dialer(
                                    channel.eventLoop(),
                                    transport,
                                    names,
                                    config.upstream().connectTimeout(),
                                    guard.guard()::objection),
                            upstreamTls,
                            nonce,
                            config.upstream().applicationNameAddHost(),
                            guard.observer());
                    channel.pipeline()
                            .addLast(new InitialHandler(new Gateway(
                                    config,
                                    services.with(legs),
                                    verifiers,
                                    people,
                                    console,
                                    background,
                                    keys,
                                    cancels,
                                    clients,
                                    handshakes,
                                    nonce,
                                    mockSecret,
                                    channel instanceof SocketChannel
                                            ? tls
                                            : null))); // as a server: none on a Unix socket
                }
            };
            return new ProxyServer(transport, names, Listeners.open(transport, config.listen(), door), clients);
        } catch (IOException e) {
            names.close();
            transport.loops().shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
    }

    /** What sessions share, but for the legs. */
    @FunctionalInterface
    public interface Services {
        SessionServices with(LegOpener legs);
    }

    /** The TCP addresses that are listened on, with their real ports. */
    public List<HostPort> addresses() {
        return listeners.addresses();
    }

    /** What a poll of the hosts has found: sessions hear of those that do not answer at all. */
    public void polled(Topology topology) {
        if (!topology.silent().isEmpty()) {
            clients.sessions().forEach(session -> session.hostsSilent(topology.silent()));
        }
    }

    /** Writes are to end at once. */
    public void cut(Freeze freeze) {
        clients.sessions().forEach(session -> session.cut(freeze));
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
        listeners.close();
        clients.shutdown(GOODBYE);
        names.close();
        transport
                .loops()
                .shutdownGracefully(50, GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
                .syncUninterruptibly();
    }
}
