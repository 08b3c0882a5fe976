package io.holdfast.proxy.approval;

import io.holdfast.proxy.approval.LockAlarm.Telling;
import io.holdfast.proxy.approval.LockReport.Unknown;
import io.holdfast.proxy.approval.LockReport.Waiting;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that released statements wait for locks: to the client that waits, to the log, and, through the hold, to everybody who is told
 * of holds. Safe for use by many threads, of which one at a time speaks of one statement; blocks as {@link HoldService} does.
 */
public final class LockAlarms {
    private static final Logger LOG = LoggerFactory.getLogger(LockAlarms.class);

    private static final class Watched {
        final LockAlarm alarm = new LockAlarm();

        /** What the control store has not been told, since it did not answer. */
        Telling owed = Telling.NOTHING;
    }

    private final HoldService holds;
    private final ReleasedRuns runs;
    private final LongSupplier nanoTime;
    private final Map<ReleasedRun, Watched> watched = new ConcurrentHashMap<>();

    /** @param nanoTime monotonic */
    public LockAlarms(HoldService holds, ReleasedRuns runs, LongSupplier nanoTime) {
        this.holds = holds;
        this.runs = runs;
        this.nanoTime = nanoTime;
    }

    /** How many statements wait for so long now, as far as is known. */
    public int raised() {
        return (int) watched.entrySet().stream()
                .filter(one -> one.getValue().alarm.raised() != null && runs.has(one.getKey()))
                .count();
    }

    /** These are under way; what is remembered of others is forgotten. */
    public void retain(Collection<ReleasedRun> running) {
        watched.keySet().retainAll(running);
    }

    /** Takes in what was found out about one. Null: it waits for nothing that is worth an alarm. */
    public void seen(ReleasedRun run, @Nullable LockReport report) {
        if (!runs.has(run)) {
            return; // it has ended meanwhile, which its outcome tells
        }
        Watched one = watched.computeIfAbsent(run, _ -> new Watched());
        Waiting before = one.alarm.raised();
        LockReport full = report instanceof Unknown unknown ? new Unknown(unknown.why(), before) : report;
        Telling telling = one.alarm.next(full, nanoTime.getAsLong());
        tellClient(run, telling, full);
        Telling due = merged(one.owed, telling);
        one.owed = Telling.NOTHING;
        if (due != Telling.NOTHING) {
            report(run, full, due, one);
        }
    }

    private void report(ReleasedRun run, @Nullable LockReport report, Telling due, Watched one) {
        try {
            holds.locksSeen(run.hold(), report, due);
        } catch (StoreUnavailableException e) {
            one.owed = due;
            LOG.warn("Nobody but the client hears of the locks of {}: {}", run.hold(), e.getMessage());
        }
    }

    private static void tellClient(ReleasedRun run, Telling telling, @Nullable LockReport report) {
        HoldId id = run.hold();
        switch (telling) {
            case NOTHING, QUIETLY -> {}
            case RAISED, RENEWED -> {
                if (report == null) {
                    return; // there is always one to an alarm
                }
                LOG.warn("{} {}", id, LockWords.of(report));
                run.tell(
                        id + " " + LockWords.of(report.inPublic()),
                        "Others may queue behind it. Ctrl-C cancels it; approvers: CANCEL " + id
                                + " in database holdfast.");
            }
            case OVER -> {
                LOG.info("{} does not wait for a lock any more.", id);
                run.tell(id + " does not wait for a lock any more", "It runs.");
            }
        }
    }

    /** What is due to the store that has not heard of the first. A wait that it never heard of needs no end. */
    private static Telling merged(Telling owed, Telling now) {
        return switch (now) {
            case RAISED -> now;
            case OVER -> owed == Telling.RAISED ? Telling.QUIETLY : now;
            case NOTHING, QUIETLY, RENEWED -> owed == Telling.NOTHING ? now : owed;
        };
    }
}
