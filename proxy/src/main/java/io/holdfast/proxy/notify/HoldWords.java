package io.holdfast.proxy.notify;

import io.holdfast.proxy.approval.Cancellation;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldTerms;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.approval.Vote;
import io.holdfast.proxy.audit.SecretRedactor;
import io.holdfast.proxy.console.LockRows;
import io.holdfast.proxy.console.Times;
import io.holdfast.proxy.statement.StatementClass;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/** Holds in words, for Slack. Pure. */
final class HoldWords {
    private static final int REASON_CHARS = 200;
    private static final int ERROR_CHARS = 400;
    private static final int UNDO_CHARS = 500;

    private HoldWords() {}

    /** Where it stands, without markup; short. */
    static String standing(HoldView hold) {
        return switch (hold.state()) {
            case WAITING ->
                switch (hold.terms()) {
                    case HoldTerms.People people ->
                        "needs " + count(people.approvals()) + ", " + hold.approvals() + " so far";
                    case HoldTerms.Delayed delayed -> "runs by itself, unless somebody denies it";
                };
            case APPROVED -> "approved";
            case GRANTED -> "approved, to be run once more by who asked";
            case RELEASED -> "approved, running";
            case EXECUTED -> "executed";
            case FAILED -> "approved, failed";
            case UNKNOWN_OUTCOME -> "approved, outcome unknown";
            case DENIED -> "denied";
            case EXPIRED -> "expired, nothing has run";
            case WITHDRAWN -> "withdrawn, nothing has run";
            case GRANT_EXPIRED -> "approved, but not used in time";
        };
    }

    private static String count(int approvals) {
        return approvals == 1 ? "1 approval" : approvals + " approvals";
    }

    /** What has happened last, with names and outcome, as markup; at most some 1,500 chars. */
    static String news(HoldView hold, Wording wording) {
        return switch (hold.state()) {
            case WAITING -> waiting(hold);
            case APPROVED, RELEASED ->
                approvers(hold) + "; " + grant(hold, wording) + "it is being run" + locks(hold) + cancelled(hold)
                        + undo(hold);
            case GRANTED ->
                approvers(hold) + "; its client is gone, so "
                        + SlackText.name(hold.request().user()) + " may run exactly the same once, " + until(hold);
            case EXECUTED, UNKNOWN_OUTCOME ->
                approvers(hold) + "; " + grant(hold, wording) + outcome(hold, wording.maskLiterals()) + cancelled(hold)
                        + undo(hold);
            case FAILED ->
                approvers(hold) + "; " + grant(hold, wording) + outcome(hold, wording.maskLiterals()) + cancelled(hold);
            case DENIED ->
                "denied by " + SlackText.name(hold.votes().getLast().person())
                        + reason(hold.votes().getLast());
            case EXPIRED -> "expired with " + hold.approvals() + " of " + hold.approvalsNeeded() + "; nothing has run";
            case WITHDRAWN ->
                "withdrawn" + (hold.note() == null ? "" : ": " + SlackText.words(hold.note(), REASON_CHARS))
                        + "; nothing has run";
            case GRANT_EXPIRED -> approvers(hold) + ", but nobody has run it in time";
        };
    }

    private static String waiting(HoldView hold) {
        String ends = hold.clientWaits() ? "" : "; its client waits no longer, once approved it may be run again";
        if (hold.votes().isEmpty()) {
            return standing(hold) + ends;
        }
        return hold.approvals() + " of " + hold.approvalsNeeded() + ", " + approvers(hold) + ends;
    }

    private static String grant(HoldView hold, Wording wording) {
        return wording.grants().test(hold.id()) ? "the grant is used, " : "";
    }

    /** {@code approved by `cy` and `di`}, and nobody if the time for objections was over. */
    private static String approvers(HoldView hold) {
        String names = hold.votes().stream()
                .filter(Vote::approves)
                .map(vote -> SlackText.name(vote.person()))
                .distinct()
                .collect(Collectors.joining(" and "));
        return names.isEmpty() ? "nobody has objected" : "approved by " + names;
    }

    /** One decision: who, where, and why. */
    static String vote(Vote vote) {
        return (vote.approves() ? "approved by " : "denied by ") + SlackText.name(vote.person()) + " ("
                + vote.channel().name().toLowerCase(Locale.ROOT) + ')' + reason(vote);
    }

    private static String reason(Vote vote) {
        return vote.reason() == null || vote.reason().isBlank()
                ? ""
                : ": " + SlackText.words(vote.reason(), REASON_CHARS);
    }

    private static String outcome(HoldView hold, boolean masked) {
        return switch (hold.outcome()) {
            case Outcome.Completed(var tag, var duration) ->
                "executed: " + SlackText.name(tag) + " after " + Times.text(duration);
            case Outcome.Failed(var sqlstate, var message, var duration) ->
                "failed after " + Times.text(duration) + " with " + SlackText.name(sqlstate)
                        + (masked
                                ? ", message masked"
                                : ": " + SlackText.words(SecretRedactor.redactMessage(message), ERROR_CHARS));
            case Outcome.Unknown() -> "the connection was lost: it may have taken effect, look before running it again";
            case null -> "its outcome is not known";
        };
    }

    private static String locks(HoldView hold) {
        return LockRows.inShort(hold).map(waits -> ", and *" + waits + '*').orElse("");
    }

    private static String cancelled(HoldView hold) {
        Cancellation who = hold.supervision().cancellation();
        return who == null
                ? ""
                : "; cancelled by " + SlackText.name(who.person())
                        + (who.reason() == null ? "" : ": " + SlackText.words(who.reason(), REASON_CHARS))
                        + (hold.state() == HoldState.EXECUTED ? ", too late" : "");
    }

    private static String undo(HoldView hold) {
        return hold.restorePoint() == null
                ? ""
                : "; to undo: " + SlackText.words(hold.restorePoint().undo(), UNDO_CHARS);
    }

    /** {@code until 14:30}, in the reader's time zone. */
    static String until(HoldView hold) {
        Instant deadline = hold.deadline();
        return deadline == null ? "without a limit" : "until " + time(deadline);
    }

    /** In the reader's time zone; UTC where Slack cannot. */
    static String time(Instant at) {
        return "<!date^" + at.getEpochSecond() + "^{date_short_pretty} {time_secs}|" + Times.text(at) + '>';
    }

    /** What is so dangerous about it. */
    static String danger(StatementClass statementClass) {
        return switch (statementClass) {
            case READ -> "read: changes nothing";
            case SESSION -> "session: changes only the session's state";
            case WRITE -> "write: changes rows";
            case SCHEMA -> "schema: adds to the schema";
            case CODE -> "code: plants code that later statements run";
            case ADMIN -> "admin: changes roles, privileges, storage or the server";
            case DESTRUCTIVE -> "destructive: loses data, cannot be undone, or is not understood";
        };
    }
}
