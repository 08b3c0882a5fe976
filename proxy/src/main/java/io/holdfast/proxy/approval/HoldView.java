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
        @Nullable String note) {
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
                hold.note());
    }

    /** The same with what was taken before it ran. */
    public HoldView marked(RestorePoint point) {
        return new HoldView(
                id, request, terms, state, clientWaits, votes, opened, deadline, remaining, point, outcome, note);
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
