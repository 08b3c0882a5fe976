package io.holdfast.proxy.impact;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that wait for servers. */
final class Workers {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private Workers() {}

    /**
     * Daemons that end when there is nothing to do for a while; more tasks than these are rejected.
     *
     * @param name of the threads, behind {@code holdfast-}
     */
    static ThreadPoolExecutor of(String name, int threads, int queued) {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(queued),
                Thread.ofPlatform().name("holdfast-" + name + '-', 0).daemon().factory());
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }
}
