package io.holdfast.proxy.net;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import jdk.net.ExtendedSocketOptions;

/**
 * How sockets are spoken to: epoll where there is one, else NIO.
 *
 * @param loops one event loop per core; a session lives on one of them
 * @param server class of channels that listen on TCP
 * @param client class of connecting channels
 * @param unixServer class of channels that listen on a socket file
 * @param unixAddress the address of a socket file for such a channel
 * @param liveness options of TCP channels that notice a peer whose host is gone: two minutes of silence, not the system's two hours
 */
record Transport(
        EventLoopGroup loops,
        Class<? extends ServerSocketChannel> server,
        Class<? extends SocketChannel> client,
        Class<? extends ServerChannel> unixServer,
        Function<Path, SocketAddress> unixAddress,
        Map<ChannelOption<Integer>, Integer> liveness) {
    private static final int IDLE_SECONDS = 60;
    private static final int INTERVAL_SECONDS = 10;
    private static final int PROBES = 6;

    static Transport best(int threads) {
        var names = new DefaultThreadFactory("holdfast-loop", false);
        return Epoll.isAvailable()
                ? new Transport(
                        new EventLoops(threads, names, EpollIoHandler.newFactory()),
                        EpollServerSocketChannel.class,
                        EpollSocketChannel.class,
                        EpollServerDomainSocketChannel.class,
                        path -> new DomainSocketAddress(path.toFile()),
                        Map.of(
                                EpollChannelOption.TCP_KEEPIDLE,
                                IDLE_SECONDS,
                                EpollChannelOption.TCP_KEEPINTVL,
                                INTERVAL_SECONDS,
                                EpollChannelOption.TCP_KEEPCNT,
                                PROBES))
                : nio(threads, names);
    }

    static Transport nio(int threads, DefaultThreadFactory names) {
        return new Transport(
                new EventLoops(threads, names, NioIoHandler.newFactory()),
                NioServerSocketChannel.class,
                NioSocketChannel.class,
                NioServerDomainSocketChannel.class,
                UnixDomainSocketAddress::of,
                Map.of(
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE),
                        IDLE_SECONDS,
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
                        INTERVAL_SECONDS,
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT),
                        PROBES));
    }
}
