package io.holdfast.proxy.approval;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The released statements that sessions of this proxy have under way. Safe for use by many threads; nothing here blocks. */
public final class ReleasedRuns {
    private final Map<HoldId, ReleasedRun> runs = new ConcurrentHashMap<>();
    private volatile Runnable watcher = () -> {};

    ReleasedRuns() {}

    /** Calls this whenever one begins; must not block. */
    public void onBegin(Runnable newWatcher) {
        watcher = newWatcher;
    }

    /** It is claimed. */
    void begin(ReleasedRun run) {
        runs.put(run.hold(), run);
        watcher.run();
    }

    /** It has an outcome. */
    void end(ReleasedRun run) {
        runs.remove(run.hold(), run);
    }

    /** Those of the moment. */
    public List<ReleasedRun> now() {
        return List.copyOf(runs.values());
    }

    /** Whether it has no outcome yet. */
    boolean has(ReleasedRun run) {
        return run.equals(runs.get(run.hold()));
    }

    /** What is not under way here any more needs no end. */
    void cancel(HoldView hold) {
        ReleasedRun run = runs.get(hold.id());
        Cancellation cancellation = hold.supervision().cancellation();
        if (run != null && cancellation != null) {
            run.cancel(cancellation);
        }
    }
}
