package io.holdfast.proxy.approval;

import io.holdfast.proxy.approval.Decision.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All holds of this proxy, from opening to outcome. Safe for use by many threads.
 *
 * <p>One lock orders everything, so that of a claim, a withdrawal and an expiry exactly one wins. Listeners and observers are told
 * after it is released, in the order of the changes. Whether a deadline has passed is asked of the clock each time a hold is
 * touched; the timer only makes sure that somebody asks.
 */
public final class HoldService {
    private final Object lock = new Object();
    private final Notices notices = new Notices();
    private final Duration grantTtl;
    private final HoldLimits limits;
    private final HoldClock clock;
    private final HoldTimer timer;
    private final HoldIds ids;
    private final List<HoldObserver> observers;
    private final HoldBook book;

    /**
     * @param grantTtl an approval that nobody has used ends after this
     * @param random for ids
     */
    public HoldService(
            Duration grantTtl,
            HoldLimits limits,
            HoldClock clock,
            HoldTimer timer,
            RandomGenerator random,
            List<HoldObserver> observers) {
        this.grantTtl = grantTtl;
        this.limits = limits;
        this.clock = clock;
        this.timer = timer;
        this.ids = new HoldIds(random);
        this.observers = List.copyOf(observers);
        this.book = new HoldBook(limits);
    }

    /**
     * Opens a hold for a client that waits.
     *
     * @return empty if there are too many; the statement must then be refused
     */
    public Optional<HoldView> open(HoldRequest request, HoldTerms terms, HoldListener listener) {
        return inLock(() -> add(request, terms, listener));
    }

    /**
     * Opens a hold for a statement that was refused where it could not wait; approval makes it a grant. Asking for the same again
     * while it waits finds the same hold.
     *
     * @return empty if there are too many
     */
    public Optional<HoldView> openDetached(HoldRequest request, HoldTerms terms) {
        return inLock(() -> {
            for (Hold hold : settledOpen()) {
                if (hold.state() == HoldState.WAITING
                        && hold.listener() == null
                        && hold.request.sameAs(request)
                        && hold.terms.equals(terms)) {
                    return Optional.of(view(hold));
                }
            }
            return add(request, terms, null);
        });
    }

    /**
     * Takes an approved hold, right before its statement is forwarded. Whoever gets true must report {@link #executed}.
     *
     * @return false: it was withdrawn or has expired meanwhile, or was never approved; nothing may run
     */
    public boolean claim(HoldId id) {
        return inLock(() -> {
            Hold hold = settled(id);
            if (hold == null || hold.state() != HoldState.APPROVED) {
                return false;
            }
            hold.dropListener();
            move(hold, HoldEvent.CLAIM);
            return true;
        });
    }

    /**
     * Takes a grant: the same person, as the same user in the same database, asks for exactly what was approved.
     *
     * @return the hold to report {@link #executed} on; empty: no such grant, so the statement must be held
     */
    public Optional<HoldId> takeGrant(String user, @Nullable String person, String database, Fingerprint fingerprint) {
        return inLock(() -> {
            for (Hold hold : settledOpen()) {
                if (hold.state() == HoldState.GRANTED
                        && hold.request.isFrom(user, person, database)
                        && hold.request.fingerprint().equals(fingerprint)) {
                    move(hold, HoldEvent.CLAIM);
                    return Optional.of(hold.id);
                }
            }
            return Optional.empty();
        });
    }

    /**
     * What became of a claimed hold or a taken grant; due exactly once for each.
     *
     * @throws IllegalStateException if it is not released
     */
    public void executed(HoldId id, Outcome outcome) {
        inLock(() -> {
            Hold hold = book.open(id);
            if (hold == null) {
                throw new IllegalStateException("hold " + id + ": outcome, but it is not released");
            }
            HoldEvent event = switch (outcome) {
                case Outcome.Completed completed -> HoldEvent.SUCCEED;
                case Outcome.Failed failed -> HoldEvent.FAIL;
                case Outcome.Unknown unknown -> HoldEvent.LOSE;
            };
            hold.ended(outcome);
            return move(hold, event);
        });
    }

    /** The client is gone or has cancelled: nothing of it runs any more. Too late for a hold that is claimed or has ended. */
    public void withdraw(HoldId id, String why) {
        inLock(() -> {
            Hold hold = settled(id);
            if (hold == null || hold.state().next(HoldEvent.WITHDRAW).isEmpty()) {
                return false;
            }
            hold.dropListener();
            hold.ended(why);
            move(hold, HoldEvent.WITHDRAW);
            return true;
        });
    }

    /** The client stops waiting, the hold does not: its approval, even one that has just come, is a grant. */
    public void detach(HoldId id) {
        inLock(() -> {
            Hold hold = settled(id);
            if (hold == null || hold.listener() == null) {
                return false;
            }
            hold.dropListener();
            announce(HoldChange.DETACHED, hold);
            if (hold.state() == HoldState.APPROVED) {
                move(hold, HoldEvent.GRANT);
            }
            return true;
        });
    }

    /** One person's consent. */
    public Decision approve(HoldId id, Person who, Channel channel, @Nullable String reason) {
        return inLock(() -> vote(id, who, true, channel, reason));
    }

    /** One denial ends it. */
    public Decision deny(HoldId id, Person who, Channel channel, @Nullable String reason) {
        return inLock(() -> vote(id, who, false, channel, reason));
    }

    /** The open ones in the order of opening, then those that have ended, the latest first. */
    public List<HoldView> list() {
        return inLock(() -> {
            List<HoldView> all = new ArrayList<>();
            settledOpen().forEach(hold -> all.add(view(hold)));
            all.addAll(book.finished());
            return all;
        });
    }

    /** Empty: there was none, or it ended long ago. */
    public Optional<HoldView> find(HoldId id) {
        return inLock(() -> {
            Hold hold = settled(id);
            return hold != null ? Optional.of(view(hold)) : Optional.ofNullable(book.finished(id));
        });
    }

    private Optional<HoldView> add(HoldRequest request, HoldTerms terms, @Nullable HoldListener listener) {
        if (!book.hasRoomFor(request)) {
            return Optional.empty();
        }
        Hold hold = new Hold(
                ids.next(book::knows), request, terms, listener, clock.wall().instant());
        arm(hold, terms.limit());
        book.add(hold);
        announce(HoldChange.OPENED, hold);
        return Optional.of(view(hold));
    }

    private Decision vote(HoldId id, Person who, boolean approves, Channel channel, @Nullable String reason) {
        Hold hold = settled(id);
        HoldView before = hold != null ? view(hold) : book.finished(id);
        if (before == null) {
            return refused(Reason.UNKNOWN_HOLD, "hold " + id + " does not exist");
        }
        if (hold == null || before.state() != HoldState.WAITING) {
            return refused(
                    Reason.NOT_WAITING, "hold " + id + " is " + before.state().label());
        }
        Optional<Reason> objection = TwoPersonRule.objection(hold.request, hold.votes, who, approves);
        if (objection.isPresent()) {
            return refused(objection.get(), objection.get().text());
        }
        if (reason != null && reason.length() > limits.reasonChars()) {
            return refused(Reason.REASON_TOO_LONG, "reason is longer than " + limits.reasonChars() + " characters");
        }
        hold.votes.add(new Vote(who.name(), approves, reason, clock.wall().instant(), channel));
        announce(HoldChange.VOTED, hold);
        HoldView after = count(hold, approves);
        tellClient(hold, after);
        return new Decision.Accepted(after);
    }

    private HoldView count(Hold hold, boolean approves) {
        if (!approves) {
            return move(hold, HoldEvent.DENY);
        }
        return TwoPersonRule.isSatisfied(hold.terms.approvals(), hold.votes) ? move(hold, hold.approval()) : view(hold);
    }

    private static Decision refused(Reason reason, String message) {
        return new Decision.Refused(reason, message);
    }

    /** The only place that changes a state. */
    private HoldView move(Hold hold, HoldEvent event) {
        hold.on(event);
        hold.disarm();
        HoldChange change = switch (hold.state()) {
            case APPROVED, GRANTED -> {
                arm(hold, grantTtl);
                yield HoldChange.DECIDED;
            }
            case RELEASED -> HoldChange.CLAIMED;
            case EXECUTED, FAILED, UNKNOWN_OUTCOME -> HoldChange.FINISHED;
            case WAITING, DENIED, EXPIRED, WITHDRAWN, GRANT_EXPIRED -> HoldChange.DECIDED;
        };
        HoldView view = announce(change, hold);
        if (hold.state().isFinal()) {
            book.finish(view);
        }
        return view;
    }

    private void arm(Hold hold, Duration limit) {
        hold.arm(clock.nanoTime().getAsLong() + limit.toNanos(), timer.after(limit, () -> wake(hold)));
    }

    private void wake(Hold hold) {
        inLock(() -> {
            settle(hold);
            return true;
        });
    }

    /** Applies a deadline that has passed. A timer whose deadline is no more does nothing. */
    private void settle(Hold hold) {
        if (hold.isOverdue(clock.nanoTime().getAsLong())) {
            tellClient(hold, move(hold, hold.timeOver()));
        }
    }

    /** Null: not open, or not any more. */
    private @Nullable Hold settled(HoldId id) {
        Hold hold = book.open(id);
        if (hold != null) {
            settle(hold);
        }
        return book.open(id);
    }

    private List<Hold> settledOpen() {
        book.open().forEach(this::settle);
        return book.open();
    }

    private HoldView view(Hold hold) {
        return hold.view(clock.nanoTime().getAsLong(), clock.wall().instant());
    }

    private HoldView announce(HoldChange change, Hold hold) {
        HoldView view = view(hold);
        for (HoldObserver observer : observers) {
            notices.add(() -> observer.observed(change, view));
        }
        return view;
    }

    private void tellClient(Hold hold, HoldView view) {
        HoldListener listener = hold.listener();
        if (listener != null) {
            notices.add(() -> listener.changed(view));
        }
    }

    private <T> T inLock(Supplier<T> action) {
        try {
            synchronized (lock) {
                return action.get();
            }
        } finally {
            notices.deliver();
        }
    }
}
