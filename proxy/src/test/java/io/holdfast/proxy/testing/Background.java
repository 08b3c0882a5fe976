package io.holdfast.proxy.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Something that waits while the test goes on, such as a client whose statement is held.
 *
 * @param <T> what it gives
 */
public final class Background<T> {
    private static final long LIMIT_SECONDS = 60;

    private final FutureTask<T> task;

    private Background(FutureTask<T> task) {
        this.task = task;
    }

    public static <T> Background<T> run(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return new Background<>(task);
    }

    public boolean isDone() {
        return task.state() != Future.State.RUNNING;
    }

    /** What it gave; throws what it threw. */
    public T result() throws Exception {
        try {
            return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            throw new AssertionError("still waiting", e);
        }
    }
}
