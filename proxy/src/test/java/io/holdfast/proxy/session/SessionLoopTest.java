package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionLoopTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Throwable> failures = new ArrayList<>();
    private final SessionLoop loop = new SessionLoop(channel.eventLoop(), failures::add);

    @Test
    void whatATaskThrowsIsTold() {
        IllegalStateException mistake = new IllegalStateException("a mistake of ours");
        NoClassDefFoundError error = new NoClassDefFoundError("a broken installation");
        loop.execute(() -> {
            throw mistake;
        });
        loop.schedule(
                () -> {
                    throw error;
                },
                0,
                TimeUnit.MILLISECONDS);
        channel.runPendingTasks();
        assertThat(failures).containsExactly(mistake, error);
    }

    @Test
    void othersRunAsEver() {
        List<String> ran = new ArrayList<>();
        loop.execute(() -> ran.add("one"));
        loop.execute(() -> ran.add("two"));
        channel.runPendingTasks();
        assertThat(ran).containsExactly("one", "two");
        assertThat(failures).isEmpty();
    }
}
