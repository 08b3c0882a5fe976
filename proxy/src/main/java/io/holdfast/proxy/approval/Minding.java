package io.holdfast.proxy.approval;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open holds that this proxy minds: their clients, and their deadlines by its monotonic clock. Changed under the lock of {@link
 * HoldService}, read without.
 */
final class Minding {
    /**
     * @param listener null: no client waits
     * @param cancelTimer of the deadline
     */
    private record Minded(HoldRecord hold, @Nullable HoldListener listener, long deadlineNanos, Runnable cancelTimer) {}

    private final HoldClock clock;
    private final HoldTimer timer;
    private final Consumer<HoldId> wake;
    private final Map<HoldId, Minded> minded = new ConcurrentHashMap<>();

    /** @param wake called when a deadline has passed */
    Minding(HoldClock clock, HoldTimer timer, Consumer<HoldId> wake) {
        this.clock = clock;
        this.timer = timer;
        this.wake = wake;
    }

    /** Begins to mind a hold; its time starts now. */
    void begin(HoldRecord hold, @Nullable HoldListener listener, Duration limit) {
        end(hold.id());
        long deadline = clock.nanoTime().getAsLong() + limit.toNanos();
        HoldId id = hold.id();
        minded.put(id, new Minded(hold, listener, deadline, timer.after(limit, () -> wake.accept(id))));
    }

    /** The hold is another now, of which the time goes on; nothing if it is not minded here. */
    void update(HoldRecord hold) {
        minded.computeIfPresent(
                hold.id(),
                (id, before) -> new Minded(
                        hold, hold.clientWaits() ? before.listener : null, before.deadlineNanos, before.cancelTimer));
    }

    void end(HoldId id) {
        Minded ended = minded.remove(id);
        if (ended != null) {
            ended.cancelTimer.run();
        }
    }

    /** As it was seen last; empty: not minded here. */
    Optional<HoldRecord> latest(HoldId id) {
        return Optional.ofNullable(minded.get(id)).map(Minded::hold);
    }

    /** Null: no client waits here. */
    @Nullable
    HoldListener listener(HoldId id) {
        Minded one = minded.get(id);
        return one == null ? null : one.listener;
    }

    boolean isOverdue(HoldId id) {
        Minded one = minded.get(id);
        return one != null && clock.nanoTime().getAsLong() - one.deadlineNanos >= 0;
    }

    List<HoldId> overdue() {
        return minded.keySet().stream().filter(this::isOverdue).toList();
    }

    /** Until the deadline, never negative; empty: not minded here. */
    Optional<Duration> remaining(HoldId id) {
        return Optional.ofNullable(minded.get(id))
                .map(one -> Duration.ofNanos(
                        Math.max(0, one.deadlineNanos - clock.nanoTime().getAsLong())));
    }
}
