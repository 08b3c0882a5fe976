package io.holdfast.loadtest.rig;

import io.holdfast.proxy.net.EventLoops;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Passes bytes on and looks at none: what Netty and the kernel cost, so that what is above it is Holdfast's. It uses what Holdfast uses:
 * epoll, Holdfast's event loops, one for each core, both channels of a client on one loop, one flush for each batch that was read.
 */
final class Relay {
    private final InetSocketAddress server;

    private Relay(InetSocketAddress server) {
        this.server = server;
    }

    /** Takes the server's port; says on which port it listens. */
    public static void main(String[] args) {
        var loops = new EventLoops(
                Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory("relay", false),
                EpollIoHandler.newFactory());
        Relay relay = new Relay(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])));
        Channel listener = new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        relay.connect(client);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        System.out.println(Child.LISTENING + ((InetSocketAddress) listener.localAddress()).getPort());
        System.out.flush();
        listener.closeFuture().awaitUninterruptibly();
    }

    private void connect(SocketChannel client) {
        new Bootstrap()
                .group(client.eventLoop())
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new Passing(client))
                .connect(server)
                .addListener((ChannelFutureListener) done -> {
                    if (done.isSuccess()) {
                        client.pipeline().addLast(new Passing(done.channel()));
                        client.config().setAutoRead(true);
                    } else {
                        client.close();
                    }
                });
    }

    private static final class Passing extends ChannelInboundHandlerAdapter {
        private final Channel other;

        Passing(Channel other) {
            this.other = other;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            other.write(bytes, other.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            other.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            other.config().setAutoRead(ctx.channel().isWritable());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            other.close();
        }
    }
}
