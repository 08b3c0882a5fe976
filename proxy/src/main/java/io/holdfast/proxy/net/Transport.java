package io.holdfast.proxy.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * How sockets are spoken to: epoll where there is one, else NIO.
 *
 * @param loops one event loop per core; a session lives on one of them
 * @param server class of channels that listen on TCP
 * @param client class of connecting channels
 * @param unixServer class of channels that listen on a socket file
 * @param unixAddress the address of a socket file for such a channel
 */
record Transport(
        EventLoopGroup loops,
        Class<? extends ServerSocketChannel> server,
        Class<? extends SocketChannel> client,
        Class<? extends ServerChannel> unixServer,
        Function<Path, SocketAddress> unixAddress) {
    static Transport best(int threads) {
        var names = new DefaultThreadFactory("holdfast-loop", false);
        return Epoll.isAvailable()
                ? new Transport(
                        new MultiThreadIoEventLoopGroup(threads, names, EpollIoHandler.newFactory()),
                        EpollServerSocketChannel.class,
                        EpollSocketChannel.class,
                        EpollServerDomainSocketChannel.class,
                        path -> new DomainSocketAddress(path.toFile()))
                : nio(threads, names);
    }

    static Transport nio(int threads, DefaultThreadFactory names) {
        return new Transport(
                new MultiThreadIoEventLoopGroup(threads, names, NioIoHandler.newFactory()),
                NioServerSocketChannel.class,
                NioSocketChannel.class,
                NioServerDomainSocketChannel.class,
                UnixDomainSocketAddress::of);
    }
}
