package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.Decision.Reason;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.approval.FreezeMode;
import io.holdfast.proxy.approval.HoldLimits;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldTerms;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Person;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer may do with a hold that waits. The answer to a decision does not depend on it: whoever posts is judged anew.
 *
 * @param mayApprove whether there is a button for it
 * @param mayDeny likewise
 * @param why one is missing; null: none is
 * @param then what an approval does
 * @param frozen what it does instead while writes are frozen; null: they are not, or it is no write
 * @param reason that was typed already
 * @param mayBreakGlass whether there is a way to release it alone
 */
record DecisionForm(
        boolean mayApprove,
        boolean mayDeny,
        @Nullable String why,
        String then,
        @Nullable String frozen,
        String reason,
        boolean mayBreakGlass) {
    /**
     * Null: it does not wait.
     *
     * @param freeze of its database; null: none
     */
    static @Nullable DecisionForm of(HoldView hold, @Nullable Freeze freeze, Person viewer, String reason) {
        if (hold.state() != HoldState.WAITING) {
            return null;
        }
        Optional<Reason> approving = hold.objectionTo(viewer, true);
        Optional<Reason> denying = hold.objectionTo(viewer, false);
        return new DecisionForm(
                approving.isEmpty(),
                denying.isEmpty(),
                approving.map(DecisionForm::why).orElse(null),
                then(hold),
                freeze == null || !isWrite(hold) ? null : frozen(freeze.mode(), hold.clientWaits()),
                reason,
                viewer.mayBreakGlass());
    }

    private static String why(Reason reason) {
        return switch (reason) {
            case OWN_REQUEST -> "You asked for this yourself. Other people decide.";
            case NOT_APPROVER -> "You may look. Deciding is for people who are configured with approves: true.";
            case ALREADY_DECIDED_BY_YOU -> "You have approved it; another person must, too. You may still deny it.";
            case UNKNOWN_HOLD,
                    NOT_WAITING,
                    NOT_RUNNING,
                    REASON_TOO_LONG,
                    NOT_GLASS_BREAKER,
                    NO_REASON,
                    GLASS_TOO_OFTEN,
                    WRITES_FROZEN -> reason.text();
        };
    }

    private static String then(HoldView hold) {
        int missing = hold.approvalsNeeded() - hold.approvals();
        String last = hold.clientWaits()
                ? "it runs at once, on the connection that waits"
                : "the same person may run it once; the connection that asked no longer waits";
        String approved = missing == 1 ? "If you approve, " + last : "After " + missing + " approvals, " + last;
        return switch (hold.terms()) {
            case HoldTerms.People people -> approved + ". One denial ends it.";
            case HoldTerms.Delayed delayed ->
                "When its time is over it runs by itself, unless somebody denies it. " + approved + '.';
        };
    }

    /** What a freeze stops. A rule may hold reads, too. */
    private static boolean isWrite(HoldView hold) {
        List<StatementFacts> facts = hold.request().facts();
        return facts.isEmpty()
                || facts.stream().anyMatch(each -> each.statementClass().compareTo(StatementClass.SESSION) > 0);
    }

    private static String frozen(FreezeMode mode, boolean clientWaits) {
        String then = !clientWaits
                ? "once let go, it may run after the thaw."
                : switch (mode) {
                    case REFUSE, NOW -> "let go before the thaw, it fails, and nothing of it runs.";
                    case WAIT -> "once let go, it waits for the thaw, or fails if it is in a transaction.";
                };
        return "Writes are frozen there: " + then + " One denial ends it.";
    }

    /** In characters. */
    static int longestReason() {
        return HoldLimits.DEFAULT.reasonChars();
    }
}
