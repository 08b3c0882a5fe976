package io.holdfast.proxy.session;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A session's event loop, for what comes back to it from elsewhere. A task that fails ends the session: netty would only log it, and a
 * client would wait for an answer that never comes.
 */
final class SessionLoop {
    private final EventExecutor loop;
    private final Consumer<Throwable> failed;

    /** @param failed told of what a task has thrown, on the loop */
    SessionLoop(EventExecutor loop, Consumer<Throwable> failed) {
        this.loop = loop;
        this.failed = failed;
    }

    /** Runs the task later, on the loop; from any thread. */
    void execute(Runnable task) {
        loop.execute(guarded(task));
    }

    ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return loop.schedule(guarded(task), delay, unit);
    }

    ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return loop.scheduleAtFixedRate(guarded(task), initialDelay, period, unit);
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable t) { // an Error, too, must not leave a client waiting
                failed.accept(t);
            }
        };
    }
}
