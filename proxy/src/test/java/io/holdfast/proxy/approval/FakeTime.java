package io.holdfast.proxy.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock and a timer that move only when told to. */
public final class FakeTime {
    private static final Instant START = Instant.parse("2026-03-13T09:00:00Z");

    private record Task(long at, Runnable action) {}

    private final List<Task> tasks = new ArrayList<>();
    // Near the end of long, where nanoTime may well be: a comparison that is not by difference fails here.
    private final long origin = Long.MAX_VALUE - Duration.ofMinutes(5).toNanos();
    private long passed;

    public HoldClock clock() {
        return new HoldClock(() -> origin + passed, () -> START.plusNanos(passed));
    }

    public HoldTimer timer() {
        return (delay, action) -> {
            Task task = new Task(passed + delay.toNanos(), action);
            tasks.add(task);
            return () -> tasks.remove(task);
        };
    }

    /** Time passes and due tasks run. */
    public void pass(Duration time) {
        passSilently(time);
        Optional<Task> next = due();
        while (next.isPresent()) {
            tasks.remove(next.get());
            next.get().action().run();
            next = due();
        }
    }

    /** Time passes, and the timer is late. */
    public void passSilently(Duration time) {
        passed += time.toNanos();
    }

    /** Timers that are set. */
    public int pending() {
        return tasks.size();
    }

    private Optional<Task> due() {
        return tasks.stream().filter(task -> task.at() <= passed).min(Comparator.comparingLong(Task::at));
    }
}
