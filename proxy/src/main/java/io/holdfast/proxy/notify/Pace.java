package io.holdfast.proxy.notify;

import java.time.Duration;
import java.util.function.LongSupplier;

/** At most one request per interval; Slack allows about one message per second and channel. Of one thread. */
final class Pace {
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final Pause pause;
    private long next;

    /** @param nanoTime monotonic */
    Pace(Duration interval, LongSupplier nanoTime, Pause pause) {
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
        this.pause = pause;
        this.next = nanoTime.getAsLong();
    }

    /** Returns when the next request may be made, and counts it. */
    void await() throws InterruptedException {
        long wait = next - nanoTime.getAsLong();
        if (wait > 0) {
            pause.of(Duration.ofNanos(wait));
        }
        next = nanoTime.getAsLong() + intervalNanos;
    }
}
