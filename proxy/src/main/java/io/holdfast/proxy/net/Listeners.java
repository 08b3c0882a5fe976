package io.holdfast.proxy.net;

import io.holdfast.config.HostPort;
import io.holdfast.config.ListenAddress;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses on which clients are accepted. */
final class Listeners implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final int BACKLOG = 1024;

    private final Transport transport;
    private final ChannelHandler children;
    private final List<Channel> channels = new ArrayList<>();
    private final List<SocketFile> files = new ArrayList<>();
    private final List<HostPort> addresses = new ArrayList<>();

    private Listeners(Transport transport, ChannelHandler children) {
        this.transport = transport;
        this.children = children;
    }

    /**
     * Listens on all of them.
     *
     * @param children initializes each accepted channel
     * @throws IOException if one is not to be had; the message says which, and none is listened on
     */
    static Listeners open(Transport transport, List<ListenAddress> addresses, ChannelHandler children)
            throws IOException {
        Listeners listeners = new Listeners(transport, children);
        for (ListenAddress address : addresses) {
            try {
                switch (address) {
                    case ListenAddress.Tcp(var tcp) -> listeners.tcp(tcp);
                    case ListenAddress.UnixSocket socket -> listeners.unix(socket);
                }
            } catch (IOException e) {
                listeners.close();
                throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
            }
        }
        return listeners;
    }

    /** TCP addresses, with the ports that the system has chosen where the configuration left it to it. */
    List<HostPort> addresses() {
        return addresses;
    }

    private void tcp(HostPort address) throws IOException {
        ServerBootstrap bootstrap = bootstrap()
                .channel(transport.server())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true);
        transport.liveness().forEach(bootstrap::childOption);
        Channel channel = bind(bootstrap, new InetSocketAddress(address.host(), address.port()));
        addresses.add(new HostPort(address.host(), ((InetSocketAddress) channel.localAddress()).getPort()));
    }

    private void unix(ListenAddress.UnixSocket socket) throws IOException {
        SocketFile file = SocketFile.prepare(socket.path());
        files.add(file);
        bind(
                bootstrap().channel(transport.unixServer()),
                transport.unixAddress().apply(file.temporary()));
        file.publish(socket.mode());
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap()
                .group(transport.loops())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(64 << 10, 256 << 10))
                .childHandler(children);
    }

    private Channel bind(ServerBootstrap bootstrap, SocketAddress address) throws IOException {
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        channels.add(bound.channel());
        return bound.channel();
    }

    @Override
    public void close() {
        channels.forEach(channel -> channel.close().syncUninterruptibly());
        for (SocketFile file : files) {
            try {
                file.delete();
            } catch (IOException e) {
                LOG.warn("a socket file is left behind: {}", e.getMessage());
            }
        }
    }
}
