package io.holdfast.proxy.notify;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does one step after the other until it is closed. Steps may block; what they throw costs one second, not the thread. */
public final class Worker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(2);

    /** One step; returns soon after an interrupt. */
    @FunctionalInterface
    public interface Work {
        void step() throws InterruptedException;
    }

    private final Thread thread;

    private Worker(Thread thread) {
        this.thread = thread;
    }

    /** Starts at once. */
    public static Worker start(String name, Work work) {
        return new Worker(Thread.ofVirtual().name(name).start(() -> run(name, work)));
    }

    private static void run(String name, Work work) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    work.step();
                } catch (RuntimeException e) {
                    log.error("{} failed and goes on.", name, e);
                    Thread.sleep(AFTER_FAILURE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts, and waits for the step to end, up to two seconds. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
