package io.holdfast.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HostPort;
import io.holdfast.config.ListenAddress;
import io.holdfast.config.ListenAddress.Tcp;
import io.holdfast.config.ListenAddress.UnixSocket;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenersTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothKindsOfDoorOpenWithAndWithoutEpoll(boolean nio) throws Exception {
        var names = new DefaultThreadFactory("test-loop", true);
        Transport transport = nio ? Transport.nio(1, names) : Transport.best(1);
        Path socket = folder.resolve("s");
        List<ListenAddress> addresses = List.of(new Tcp(new HostPort("127.0.0.1", 0)), new UnixSocket(socket, 0700));
        try (Listeners listeners = Listeners.open(transport, addresses, new Greeter())) {
            assertThat(listeners.addresses()).hasSize(1);
            HostPort tcp = listeners.addresses().getFirst();
            assertThat(greeting(new InetSocketAddress(tcp.host(), tcp.port()))).isEqualTo("127.0.0.1");
            assertThat(greeting(UnixDomainSocketAddress.of(socket))).isEqualTo("127.0.0.1");
        } finally {
            transport.loops().shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
        assertThat(socket).doesNotExist();
    }

    private static String greeting(SocketAddress address) throws Exception {
        try (SocketChannel channel = SocketChannel.open(address)) {
            ByteBuffer bytes = ByteBuffer.allocate(100);
            while (channel.read(bytes) >= 0) {
                // until it closes
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        }
    }

    /** Tells who has come where they come from. */
    private static final class Greeter extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelActive(ChannelHandlerContext ctx) {
                    String host = ClientAddress.of(ctx.channel()).getAddress().getHostAddress();
                    Connections.closeBehind(ctx.channel(), ByteBufUtil.writeAscii(ctx.alloc(), host));
                }
            });
        }
    }
}
