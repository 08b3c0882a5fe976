package io.holdfast.proxy.approval;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The holds as sessions ask for them: nothing here blocks. Answers come on another thread; exceptionally, with {@link
 * StoreUnavailableException}, if the control store does not answer, and then nothing may run.
 */
public final class HoldDesk {
    private final HoldService holds;
    private final Executor executor;
    private final ReleasedRuns runs = new ReleasedRuns();

    /** @param executor may be blocked */
    public HoldDesk(HoldService holds, Executor executor) {
        this.holds = holds;
        this.executor = executor;
        holds.onCancel(runs::cancel);
    }

    /** What sessions have under way that was released. */
    public ReleasedRuns runs() {
        return runs;
    }

    /** A session has claimed a hold, which may be cancelled from now on. Comes before {@link #marked}. */
    public void begins(ReleasedRun run) {
        runs.begin(run);
    }

    /** It runs no more, whether or not its outcome is known; comes before {@link #executed}. May be said twice. */
    public void ends(ReleasedRun run) {
        runs.end(run);
    }

    /**
     * Uses a grant, or opens a hold.
     *
     * @see HoldService#admit
     */
    public CompletionStage<Admitted> admit(HoldRequest request, HoldTerms terms, @Nullable HoldListener listener) {
        return CompletableFuture.supplyAsync(() -> holds.admit(request, terms, listener), executor);
    }

    /**
     * Takes an approved hold; empty: nothing may run.
     *
     * @see HoldService#claim
     */
    public CompletionStage<Optional<HoldView>> claim(HoldId id) {
        return CompletableFuture.supplyAsync(() -> holds.release(id), executor);
    }

    /**
     * Reported until the control store knows it. Completes when whatever is reported from then on comes behind it, whether or not the
     * store has answered.
     */
    public CompletionStage<Void> marked(HoldId id, RestorePoint point) {
        return CompletableFuture.runAsync(() -> holds.eventually(() -> holds.marked(id, point)), executor);
    }

    /** Reported until the control store knows it. */
    public void executed(HoldId id, Outcome outcome) {
        eventually(() -> holds.executed(id, outcome));
    }

    /** Reported until the control store knows it. */
    public void withdraw(HoldId id, String why) {
        eventually(() -> holds.withdraw(id, why));
    }

    /** Reported until the control store knows it. */
    public void detach(HoldId id) {
        eventually(() -> holds.detach(id));
    }

    /** As it was seen last by this proxy; asks nobody. */
    public Optional<HoldView> latest(HoldId id) {
        return holds.latest(id);
    }

    private void eventually(Runnable change) {
        executor.execute(() -> holds.eventually(change));
    }
}
