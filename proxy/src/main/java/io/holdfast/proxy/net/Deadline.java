package io.holdfast.proxy.net;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time that a connection has to log in. It does not begin again; what happens at its end changes as the login goes on. */
final class Deadline {
    private final ScheduledFuture<?> timer;
    private Runnable over;

    /** Starts it; everything happens on {@code loop}. */
    Deadline(EventExecutor loop, Duration limit, Runnable over) {
        this.over = over;
        this.timer = loop.schedule(() -> this.over.run(), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What happens if the time is over from now on. */
    void then(Runnable next) {
        over = next;
    }

    void cancel() {
        timer.cancel(false);
    }
}
