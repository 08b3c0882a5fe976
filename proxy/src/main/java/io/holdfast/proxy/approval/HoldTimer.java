package io.holdfast.proxy.approval;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Wakes the service. Being late delays only the news: deadlines are checked against the clock whenever they matter. */
@FunctionalInterface
public interface HoldTimer {
    /** Runs the task once, after that time and never before it is over; what is returned cancels it. */
    Runnable after(Duration delay, Runnable task);

    static HoldTimer on(ScheduledExecutorService executor) {
        return (delay, task) -> {
            Future<?> scheduled = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        };
    }
}
