package io.holdfast.proxy.approval;

import io.holdfast.proxy.approval.Decision.Reason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may decide a hold, when there are enough of them, and who may do without others. The only place that knows, whatever the channel.
 * Pure.
 */
final class TwoPersonRule {
    /** Of a reason for breaking the glass: letters and digits, and different ones. */
    private static final int REASON_LETTERS = 8;

    private static final int DIFFERENT_LETTERS = 4;

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

    /**
     * Why this person may not release alone what waits; empty: they may.
     *
     * <p>The requester may: whoever is alone at night is the one who asks, too. To refuse that would only make them ask as somebody
     * else, an application say, and then the record would not tell. It tells, and so does every message.
     *
     * @param brokenLately how often the person has done so within the hour
     * @param frozen whether writes are frozen in its database; whoever did that is not overruled by one
     */
    static Optional<Reason> objectionToBreaking(
            Person who, @Nullable String reason, int brokenLately, HoldLimits limits, boolean frozen) {
        if (!who.mayBreakGlass()) {
            return Optional.of(Reason.NOT_GLASS_BREAKER);
        }
        if (reason == null || !saysSomething(reason)) {
            return Optional.of(Reason.NO_REASON);
        }
        if (frozen) {
            return Optional.of(Reason.WRITES_FROZEN);
        }
        return brokenLately >= limits.glass().perHour() ? Optional.of(Reason.GLASS_TOO_OFTEN) : Optional.empty();
    }

    private static boolean saysSomething(String reason) {
        return reason.codePoints().filter(Character::isLetterOrDigit).count() >= REASON_LETTERS
                && reason.codePoints()
                                .filter(Character::isLetterOrDigit)
                                .distinct()
                                .count()
                        >= DIFFERENT_LETTERS;
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
