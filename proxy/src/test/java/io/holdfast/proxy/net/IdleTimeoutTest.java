package io.holdfast.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdleTimeoutTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicInteger over = new AtomicInteger();
    private boolean idle = true;
    private IdleTimeout timeout;

    @BeforeEach
    void start() {
        channel.freezeTime();
        timeout = new IdleTimeout(channel.eventLoop(), Duration.ofSeconds(10), () -> idle, over::incrementAndGet);
    }

    @Test
    void silenceForTheWholeTimeIsOver() {
        passes(9);
        assertThat(over).hasValue(0);
        passes(1);
        assertThat(over).hasValue(1);
    }

    @Test
    void everyWordBeginsTheTimeAgain() {
        for (int i = 0; i < 5; i++) {
            passes(9);
            timeout.touch();
        }
        assertThat(over).hasValue(0);
        passes(10);
        assertThat(over).hasValue(1);
    }

    @Test
    void whileItIsTheServersTurnNobodyIsIdle() {
        idle = false;
        passes(25);
        timeout.touch(); // the answer
        idle = true;
        passes(9);
        assertThat(over).hasValue(0);
        passes(1);
        assertThat(over).hasValue(1);
    }

    @Test
    void whatIsStoppedStaysSo() {
        timeout.stop();
        passes(20);
        assertThat(over).hasValue(0);
    }

    private void passes(int seconds) {
        for (int i = 0; i < seconds; i++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
    }
}
