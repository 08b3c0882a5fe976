package io.holdfast.proxy.approval;

import io.holdfast.proxy.approval.Decision.Reason;
import java.util.List;
import java.util.Optional;

/** Who may decide a hold, and when there are enough of them. The only place that knows, whatever the channel. Pure. */
final class TwoPersonRule {
    private TwoPersonRule() {}

    /**
     * Why this person's approval or denial does not count; empty: it counts.
     *
     * <p>The requester is known by person and by PostgreSQL user: a user may have been given to a person after the request.
     * Who has approved may still deny: noticing a mistake in time must not depend on finding a colleague.
     */
    static Optional<Reason> objection(HoldRequest request, List<Vote> votes, Person who, boolean approves) {
        if (!who.mayApprove()) {
            return Optional.of(Reason.NOT_APPROVER);
        }
        if (who.name().equals(request.person()) || who.postgresUsers().contains(request.user())) {
            return Optional.of(Reason.OWN_REQUEST);
        }
        if (approves && votes.stream().anyMatch(vote -> vote.person().equals(who.name()))) {
            return Optional.of(Reason.ALREADY_DECIDED_BY_YOU);
        }
        return Optional.empty();
    }

    /** Why this person may not cancel what runs; empty: they may. Whoever is to stop a mistake need not be a second one. */
    static Optional<Reason> objectionToCancel(Person who) {
        return who.mayApprove() ? Optional.empty() : Optional.of(Reason.NOT_APPROVER);
    }

    /** Whether that many different persons have approved. */
    static boolean isSatisfied(int approvals, List<Vote> votes) {
        return approvalsIn(votes) >= approvals;
    }

    /** Different persons who have approved. */
    static int approvalsIn(List<Vote> votes) {
        return (int) votes.stream()
                .filter(Vote::approves)
                .map(Vote::person)
                .distinct()
                .count();
    }
}
