package io.holdfast.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventLoopsTest {
    private static final int FULL = EventLoops.FILLED;

    @Test
    void aLoopIsFilledBeforeTheNextGetsAnything() {
        assertThat(EventLoops.choose(new int[] {0, 0, 0})).isZero();
        assertThat(EventLoops.choose(new int[] {FULL - 1, 0, 0})).isZero();
        assertThat(EventLoops.choose(new int[] {FULL, 0, 0})).isEqualTo(1);
        assertThat(EventLoops.choose(new int[] {FULL + 7, FULL, 3})).isEqualTo(2);
    }

    @Test
    void roomThatHasBecomeFreeIsTakenFirst() {
        assertThat(EventLoops.choose(new int[] {FULL - 1, FULL + 9, 2})).isZero();
    }

    @Test
    void beyondThatTheOneWithTheFewestIsNext() {
        assertThat(EventLoops.choose(new int[] {FULL + 2, FULL + 1, FULL + 5})).isEqualTo(1);
    }

    @Test
    void realLoopsCountTheirChannels() throws Exception {
        EventLoopGroup loops =
                new EventLoops(2, new DefaultThreadFactory("test-loop", true), NioIoHandler.newFactory());
        try {
            List<Channel> channels = new ArrayList<>();
            for (int i = 0; i < FULL + 1; i++) {
                Channel channel = new NioSocketChannel();
                loops.register(channel).sync();
                channels.add(channel);
            }
            Set<EventLoop> used = new HashSet<>();
            channels.subList(0, FULL).forEach(channel -> used.add(channel.eventLoop()));
            assertThat(used).hasSize(1);
            assertThat(used).doesNotContain(channels.getLast().eventLoop());
            for (Channel channel : channels) {
                channel.close().sync();
            }
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
