package io.holdfast.proxy.net;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Notices that nothing has gone to or come from a client for some time, while it could have asked for something. */
final class IdleTimeout {
    private final EventExecutor loop;
    private final long limit;
    private final BooleanSupplier idle;
    private final Runnable over;
    private long last;
    private Future<?> timer;

    /**
     * Starts; everything happens on {@code loop}.
     *
     * @param limit more than zero
     * @param idle whether it is the client's turn
     * @param over called at most once
     */
    IdleTimeout(EventExecutor loop, Duration limit, BooleanSupplier idle, Runnable over) {
        this.loop = loop;
        this.limit = limit.toNanos();
        this.idle = idle;
        this.over = over;
        this.last = now();
        this.timer = again(this.limit);
    }

    /** Something has come or gone. */
    void touch() {
        last = now();
    }

    void stop() {
        timer.cancel(false);
    }

    private void look() {
        long left = last + limit - now();
        if (left > 0) {
            timer = again(left);
        } else if (idle.getAsBoolean()) {
            over.run();
        } else {
            timer = again(limit);
        }
    }

    private Future<?> again(long nanos) {
        return loop.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }

    private long now() {
        return loop.ticker().nanoTime();
    }
}
