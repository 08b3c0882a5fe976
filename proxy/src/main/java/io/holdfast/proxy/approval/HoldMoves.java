package io.holdfast.proxy.approval;

import io.holdfast.proxy.approval.Decision.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What people, sessions and time do to holds, each inside one {@link Turn}. */
final class HoldMoves {
    static final String PROXY_GONE = "the proxy that held the client is gone";
    private static final String NO_ANSWER = "the control store did not answer";

    private HoldMoves() {}

    /**
     * Opens a hold; for a client that cannot wait, one that waits already will do.
     *
     * @param listener null: no client waits
     * @param touched takes the hold that is new
     * @return empty if there are too many
     */
    static Optional<HoldView> add(
            Turn turn,
            HoldRequest request,
            HoldTerms terms,
            @Nullable HoldListener listener,
            AtomicReference<@Nullable HoldId> touched) {
        if (listener == null) {
            for (HoldRecord open : turn.store().open(request.fingerprint())) {
                HoldRecord hold = turn.settle(open);
                if (hold.state() == HoldState.WAITING
                        && !hold.clientWaits()
                        && hold.request().sameAs(request)
                        && hold.terms().equals(terms)) {
                    return Optional.of(turn.view(hold));
                }
            }
        }
        StoreView.Load load = turn.store().load(request.user());
        if (load.open() >= turn.limits().open()
                || load.ofUser() >= turn.limits().openPerUser()
                || load.chars() + request.weight() > turn.limits().openChars()) {
            return Optional.empty();
        }
        HoldRecord hold = turn.open(request, terms, listener);
        touched.set(hold.id());
        return Optional.of(turn.view(hold));
    }

    /** Uses a grant up; {@code touched} takes it. */
    static Optional<HoldRecord> take(
            Turn turn,
            String claim,
            String user,
            @Nullable String person,
            String database,
            Fingerprint fingerprint,
            AtomicReference<@Nullable HoldId> touched) {
        for (HoldRecord open : turn.store().open(fingerprint)) {
            HoldRecord hold = turn.settle(open);
            if (hold.state() == HoldState.GRANTED && hold.request().isFrom(user, person, database)) {
                touched.set(hold.id());
                return Optional.of(turn.move(hold.claimedAs(claim), HoldEvent.CLAIM));
            }
        }
        return Optional.empty();
    }

    /** The client of this hold stops waiting. */
    static HoldRecord detach(Turn turn, HoldRecord waiting) {
        HoldRecord hold = waiting.withoutClient();
        if (hold.terms() instanceof HoldTerms.People && hold.state() == HoldState.WAITING) {
            hold = hold.ownedBy(null);
        }
        turn.put(hold);
        turn.announce(HoldChange.DETACHED, hold);
        return hold.state() == HoldState.APPROVED ? turn.move(hold, HoldEvent.GRANT) : hold;
    }

    /** It is known how to undo what is about to run. */
    static HoldRecord mark(Turn turn, HoldRecord released, RestorePoint point) {
        HoldRecord hold = released.marked(point);
        turn.put(hold);
        turn.announce(HoldChange.MARKED, hold);
        if (hold.supervision().cancellation() != null) {
            turn.cancels(hold); // its session may not have known the hold yet when somebody did
        }
        return hold;
    }

    /** It was looked what locks a released statement waits for. */
    static HoldRecord locksSeen(
            Turn turn, HoldRecord released, @Nullable LockReport report, LockAlarm.Telling telling) {
        HoldRecord hold = released.withLocks(
                report instanceof LockReport.Waiting waiting
                        ? waiting.seenAt(turn.store().now())
                        : report);
        turn.put(hold);
        switch (telling) {
            case NOTHING, QUIETLY -> turn.shows();
            case RAISED -> turn.announce(HoldChange.LOCK_WAIT, hold);
            case RENEWED -> turn.announce(HoldChange.LOCK_WAIT_LASTS, hold);
            case OVER -> turn.announce(HoldChange.LOCK_WAIT_OVER, hold);
        }
        return hold;
    }

    /** An approver wants a statement ended that runs, at whichever proxy. */
    static Decision cancel(Turn turn, HoldId id, Person who, Channel channel, @Nullable String reason) {
        Optional<HoldRecord> found = turn.settled(id);
        if (found.isEmpty()) {
            return refused(Reason.UNKNOWN_HOLD, "hold " + id + " does not exist");
        }
        HoldRecord hold = found.get();
        Optional<Reason> objection = TwoPersonRule.objectionToCancel(who);
        if (objection.isPresent()) {
            return refused(objection.get(), objection.get().text());
        }
        if (hold.state() != HoldState.RELEASED) {
            return refused(
                    Reason.NOT_RUNNING,
                    "hold " + id + " is not running, but " + hold.state().label());
        }
        Cancellation before = hold.supervision().cancellation();
        if (before != null) {
            turn.cancels(hold); // if the answer to that was lost, this is its second try
            return refused(Reason.NOT_RUNNING, "hold " + id + " has been cancelled already, by " + before.person());
        }
        if (reason != null && reason.length() > turn.limits().reasonChars()) {
            return tooLong(turn);
        }
        HoldRecord cancelled = hold.cancelledBy(
                new Cancellation(who.name(), reason, turn.store().now(), channel));
        turn.put(cancelled);
        turn.announce(HoldChange.CANCELLED, cancelled);
        turn.cancels(cancelled);
        return new Decision.Accepted(turn.view(cancelled));
    }

    /** One person decides. */
    static Decision vote(Turn turn, HoldId id, Person who, boolean approves, Channel channel, @Nullable String reason) {
        Optional<HoldRecord> found = turn.settled(id);
        if (found.isEmpty()) {
            return refused(Reason.UNKNOWN_HOLD, "hold " + id + " does not exist");
        }
        HoldRecord hold = found.get();
        if (hold.state() != HoldState.WAITING) {
            return refused(
                    Reason.NOT_WAITING, "hold " + id + " is " + hold.state().label());
        }
        Optional<Reason> objection = TwoPersonRule.objection(hold.request(), hold.votes(), who, approves);
        if (objection.isPresent()) {
            return refused(objection.get(), objection.get().text());
        }
        if (reason != null && reason.length() > turn.limits().reasonChars()) {
            return tooLong(turn);
        }
        HoldRecord voted =
                hold.with(new Vote(who.name(), approves, reason, turn.store().now(), channel));
        turn.put(voted);
        turn.announce(HoldChange.VOTED, voted);
        HoldRecord after = count(turn, voted, approves);
        turn.tellClient(after);
        return new Decision.Accepted(turn.view(after));
    }

    private static HoldRecord count(Turn turn, HoldRecord hold, boolean approves) {
        if (!approves) {
            return turn.move(hold, HoldEvent.DENY);
        }
        return TwoPersonRule.isSatisfied(hold.terms().approvals(), hold.votes())
                ? turn.move(hold, hold.approval())
                : hold;
    }

    private static Decision tooLong(Turn turn) {
        return refused(
                Reason.REASON_TOO_LONG, "reason is longer than " + turn.limits().reasonChars() + " characters");
    }

    private static Decision refused(Reason reason, String message) {
        return new Decision.Refused(reason, message);
    }

    /** Deals with the holds of a proxy that is gone. */
    static void bury(Turn turn, HoldRecord hold) {
        if (hold.state() == HoldState.RELEASED) {
            turn.move(hold.ended(new Outcome.Unknown()).noted(PROXY_GONE), HoldEvent.LOSE);
        } else if (hold.clientWaits()) {
            turn.move(hold.withoutClient().noted(PROXY_GONE), HoldEvent.WITHDRAW);
        } else {
            turn.adopt(hold);
        }
    }

    /** What may have been opened or claimed unseen is taken back; {@code claim} tells it from what was claimed since. */
    static Optional<HoldRecord> abandon(Turn turn, HoldId id, String claim) {
        return turn.store()
                .find(id)
                .filter(hold -> hold.isOwnedBy(turn.proxyName()))
                .map(hold -> {
                    if (claim.equals(hold.claim()) && hold.state() == HoldState.RELEASED) {
                        return turn.move(
                                hold.ended(new Outcome.Failed("PW011", NO_ANSWER, Duration.ZERO)), HoldEvent.FAIL);
                    }
                    return hold.state() == HoldState.APPROVED || hold.state() == HoldState.WAITING
                            ? turn.move(hold.withoutClient().noted(NO_ANSWER), HoldEvent.WITHDRAW)
                            : hold;
                });
    }
}
