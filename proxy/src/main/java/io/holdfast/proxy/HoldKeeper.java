package io.holdfast.proxy;

import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.StoreUnavailableException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the holds of this proxy going: tells the control store that it lives, and runs what may block on it. */
final class HoldKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HoldKeeper.class);
    private static final long TICK_MILLIS = 1_000;
    private static final int STOP_SECONDS = 10;

    private final HoldService holds;
    private final FreezeService freezes;
    private final ExecutorService background = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("holdfast-holds-", 0).factory());
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("holdfast-ticks").daemon().factory());

    private HoldKeeper(HoldService holds, FreezeService freezes) {
        this.holds = holds;
        this.freezes = freezes;
    }

    /** A shared store that does not answer yet keeps nobody from starting. */
    static HoldKeeper start(HoldService holds, FreezeService freezes) {
        HoldKeeper keeper = new HoldKeeper(holds, freezes);
        keeper.quietly(holds::start);
        keeper.quietly(freezes::catchUp);
        keeper.ticks.scheduleWithFixedDelay(keeper::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return keeper;
    }

    private void tick() {
        quietly(freezes::catchUp);
        quietly(holds::tick);
    }

    /** There may be news from another proxy. */
    void news() {
        quietly(freezes::catchUp);
        quietly(holds::catchUp);
    }

    /** For what asks the holds; may be blocked. */
    Executor background() {
        return background;
    }

    private void quietly(Runnable task) {
        try {
            task.run();
        } catch (StoreUnavailableException e) {
            LOG.debug("The control store does not answer: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The holds could not be looked after.", e); // the next tick tries again
        }
    }

    /** What sessions have said at their end reaches the control store first. */
    @Override
    public void close() {
        ticks.shutdown();
        background.shutdown();
        try {
            if (!background.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The control store has not been told how everything ended.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        quietly(holds::stop);
    }
}
