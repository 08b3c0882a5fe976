package io.holdfast.proxy.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A hold at one moment, with everything an approver must see. Immutable.
 *
 * @param clientWaits false: the client is gone, an approval becomes a grant
 * @param votes in the order they came
 * @param opened wall clock, for display
 * @param deadline when the present state ends by itself, wall clock, for display; null: it does not
 * @param remaining until the deadline, by the monotonic clock where this proxy has the client; zero if there is none
 * @param restorePoint taken before it ran; null: it was not released, or that is not known yet
 * @param outcome null: none yet
 * @param note why it was withdrawn; null: it was not
 * @param supervision what happens to it while it runs
 */
public record HoldView(
        HoldId id,
        HoldRequest request,
        HoldTerms terms,
        HoldState state,
        boolean clientWaits,
        List<Vote> votes,
        Instant opened,
        @Nullable Instant deadline,
        Duration remaining,
        @Nullable RestorePoint restorePoint,
        @Nullable Outcome outcome,
        @Nullable String note,
        Supervision supervision) {
    public HoldView {
        votes = List.copyOf(votes);
    }

    /** @param remaining as of now */
    static HoldView of(HoldRecord hold, Duration remaining) {
        return new HoldView(
                hold.id(),
                hold.request(),
                hold.terms(),
                hold.state(),
                hold.clientWaits(),
                hold.votes(),
                hold.opened(),
                hold.deadline(),
                hold.deadline() == null ? Duration.ZERO : remaining,
                hold.restorePoint(),
                hold.outcome(),
                hold.note(),
                hold.supervision());
    }

    /** The same with what was taken before it ran. */
    public HoldView marked(RestorePoint point) {
        return new HoldView(
                id,
                request,
                terms,
                state,
                clientWaits,
                votes,
                opened,
                deadline,
                remaining,
                point,
                outcome,
                note,
                supervision);
    }

    /** The same for who may not know of those in the way where they are and what they send. */
    public HoldView inPublic() {
        LockReport locks = supervision.locks();
        return locks == null ? this : supervised(supervision.withLocks(locks.inPublic()));
    }

    /** The same, if it waits, a while later. */
    HoldView asOf(Instant now) {
        LockReport locks = supervision.locks();
        return locks == null ? this : supervised(supervision.withLocks(locks.asOf(now)));
    }

    private HoldView supervised(Supervision other) {
        return new HoldView(
                id,
                request,
                terms,
                state,
                clientWaits,
                votes,
                opened,
                deadline,
                remaining,
                restorePoint,
                outcome,
                note,
                other);
    }

    /** Why this person could not cancel it, if it ran; empty: they could. For display: cancelling asks again. */
    public Optional<Decision.Reason> objectionToCancel(Person who) {
        return TwoPersonRule.objectionToCancel(who);
    }

    /** Whether it may be cancelled now, by whoever may. */
    public boolean isCancellable() {
        return state == HoldState.RELEASED && supervision.cancellation() == null;
    }

    /** Different persons who have approved so far. */
    public int approvals() {
        return TwoPersonRule.approvalsIn(votes);
    }

    /** Who has released it alone; empty: nobody. */
    public Optional<Vote> brokenBy() {
        return votes.stream().filter(Vote::breaksGlass).findFirst();
    }

    /** Different persons needed. */
    public int approvalsNeeded() {
        return terms.approvals();
    }

    /** Why this person's decision would not count, whatever the state is; empty: it would. For display: deciding asks again. */
    public Optional<Decision.Reason> objectionTo(Person who, boolean approves) {
        return TwoPersonRule.objection(request, votes, who, approves);
    }
}
