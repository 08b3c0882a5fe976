package io.holdfast.proxy.approval;

import io.holdfast.proxy.approval.Turn.Said;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All holds, from opening to outcome, of this proxy and of those that share its control store. Safe for use by many threads. Every
 * method may block while the store answers, so sessions ask a {@link HoldDesk}; and every method throws {@link
 * StoreUnavailableException} if it does not.
 *
 * <p>A change is one transaction that excludes all others, so that of a claim, a withdrawal and an expiry exactly one wins, whichever
 * proxies they come from. Observers are told of the changes that this proxy has made, each by one proxy only, after the transaction and
 * in the order of the changes; so are clients that wait here, also of what others have changed. Whether a deadline has passed is asked
 * each time a hold is touched; timers only make sure that somebody asks.
 */
public final class HoldService {
    private final Object lock = new Object();
    private final Notices notices = new Notices();
    private final Debts debts = new Debts();
    private final Leases leases = new Leases();
    private final ControlStore store;
    private final RandomGenerator random;
    private final List<HoldObserver> observers;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final List<Consumer<HoldView>> cancellers = new CopyOnWriteArrayList<>();
    private final Turn.Proxy self;

    /** Changes up to this number are known here. Guarded by the lock. */
    private long seen;

    /**
     * @param grantTtl an approval that nobody has used ends after this
     * @param random for ids
     * @param observers of what this proxy changes
     */
    public HoldService(
            ControlStore store,
            Duration grantTtl,
            HoldLimits limits,
            HoldClock clock,
            HoldTimer timer,
            RandomGenerator random,
            List<HoldObserver> observers) {
        this.store = store;
        this.random = random;
        this.observers = List.copyOf(observers);
        String name = "P-" + Long.toHexString(random.nextLong());
        this.self = new Turn.Proxy(
                name, grantTtl, limits, clock, new HoldIds(random), new Minding(clock, timer, this::wake));
    }

    /** Called after every change of any hold by any proxy; must not block. For pages that show the newest state. */
    public void onAnyChange(Runnable watcher) {
        watchers.add(watcher);
    }

    /** Calls this when a statement that runs here is to end, wherever that was said; perhaps more than once, and must not block. */
    public void onCancel(Consumer<HoldView> canceller) {
        cancellers.add(canceller);
    }

    /**
     * Opens a hold for a client that waits.
     *
     * @return empty if there are too many; the statement must then be refused
     */
    public Optional<HoldView> open(HoldRequest request, HoldTerms terms, HoldListener listener) {
        return add(request, terms, listener);
    }

    /**
     * Opens a hold for a statement that was refused where it could not wait; approval makes it a grant. Asking for the same again
     * while it waits finds the same hold.
     *
     * @return empty if there are too many
     */
    public Optional<HoldView> openDetached(HoldRequest request, HoldTerms terms) {
        return add(request, terms, null);
    }

    /**
     * Uses a grant for it if there is one, else opens a hold; both in one transaction.
     *
     * @param listener null: the client cannot wait
     */
    public Admitted admit(HoldRequest request, HoldTerms terms, @Nullable HoldListener listener) {
        String claim = newClaim();
        return uncertain(claim, new AtomicReference<>(), (turn, touched) -> {
            Optional<HoldRecord> granted = HoldMoves.take(
                    turn, claim, request.user(), request.person(), request.database(), request.fingerprint(), touched);
            if (granted.isPresent()) {
                return new Admitted.Granted(turn.view(granted.get()));
            }
            Optional<HoldView> opened = HoldMoves.add(turn, request, terms, listener, touched);
            return opened.isPresent() ? new Admitted.Opened(opened.get()) : new Admitted.Full();
        });
    }

    /**
     * Takes an approved hold, right before its statement is forwarded. Whoever gets true must report {@link #executed}.
     *
     * @return false: it was withdrawn or has expired meanwhile, or was never approved; nothing may run
     * @throws StoreUnavailableException nothing may run; if it was taken, it is given up when the store answers
     */
    public boolean claim(HoldId id) {
        return release(id).isPresent();
    }

    /** As {@link #claim}, and gives the hold. */
    Optional<HoldView> release(HoldId id) {
        String claim = newClaim();
        return uncertain(
                claim,
                new AtomicReference<>(id),
                (turn, touched) -> turn.settled(id)
                        .filter(hold -> hold.state() == HoldState.APPROVED && hold.isOwnedBy(self.name()))
                        .map(hold -> turn.view(turn.move(hold.claimedAs(claim), HoldEvent.CLAIM))));
    }

    /**
     * Takes a grant: the same person, as the same user in the same database, asks for exactly what was approved.
     *
     * @return the hold to report {@link #executed} on; empty: no such grant, so the statement must be held
     */
    public Optional<HoldId> takeGrant(String user, @Nullable String person, String database, Fingerprint fingerprint) {
        String claim = newClaim();
        return uncertain(
                claim,
                new AtomicReference<>(),
                (turn, touched) -> HoldMoves.take(turn, claim, user, person, database, fingerprint, touched)
                        .map(HoldRecord::id));
    }

    /**
     * What became of a claimed hold or a taken grant; due exactly once for each.
     *
     * @throws IllegalStateException if it is not released
     */
    public void executed(HoldId id, Outcome outcome) {
        turn(turn -> {
            HoldRecord hold = turn.store()
                    .find(id)
                    .orElseThrow(() -> new IllegalStateException("hold " + id + ": outcome, but it is not released"));
            HoldEvent event = switch (outcome) {
                case Outcome.Completed completed -> HoldEvent.SUCCEED;
                case Outcome.Failed failed -> HoldEvent.FAIL;
                case Outcome.Unknown unknown -> HoldEvent.LOSE;
            };
            return turn.move(hold.ended(outcome), event);
        });
    }

    /** What was taken on the primary before a claimed hold or a taken grant runs. */
    public void marked(HoldId id, RestorePoint point) {
        turn(turn -> turn.store().find(id).map(hold -> HoldMoves.mark(turn, hold, point)));
    }

    /** The client is gone or has cancelled: nothing of it runs any more. Too late for a hold that is claimed or has ended. */
    public void withdraw(HoldId id, String why) {
        turn(turn -> turn.settled(id)
                .filter(hold -> hold.state().next(HoldEvent.WITHDRAW).isPresent())
                .map(hold -> turn.move(hold.withoutClient().noted(why), HoldEvent.WITHDRAW)));
    }

    /** The client stops waiting, the hold does not: its approval, even one that has just come, is a grant. */
    public void detach(HoldId id) {
        turn(turn -> turn.settled(id)
                .filter(hold -> hold.clientWaits() && hold.isOwnedBy(self.name()))
                .map(hold -> HoldMoves.detach(turn, hold)));
    }

    /** One person's consent. */
    public Decision approve(HoldId id, Person who, Channel channel, @Nullable String reason) {
        return turn(turn -> HoldMoves.vote(turn, id, who, true, channel, reason));
    }

    /** One denial ends it. */
    public Decision deny(HoldId id, Person who, Channel channel, @Nullable String reason) {
        return turn(turn -> HoldMoves.vote(turn, id, who, false, channel, reason));
    }

    /**
     * Break-glass: one person releases it alone, by right of the configuration. Nothing about it is quiet, see {@link
     * HoldChange#GLASS_BROKEN}.
     *
     * @param reason must say something
     */
    public Decision breakGlass(HoldId id, Person who, Channel channel, @Nullable String reason) {
        return turn(turn -> HoldMoves.breakGlass(turn, id, who, channel, reason));
    }

    /**
     * One approver ends a released statement while it runs, at whichever proxy that is. Accepted means that it will be tried: the
     * statement may be done first, and the outcome says what came of it.
     */
    public Decision cancel(HoldId id, Person who, Channel channel, @Nullable String reason) {
        return turn(turn -> HoldMoves.cancel(turn, id, who, channel, reason));
    }

    /** What is known of the locks that a statement waits for which runs here; too late for one that has ended. */
    void locksSeen(HoldId id, @Nullable LockReport report, LockAlarm.Telling telling) {
        turn(turn -> turn.store()
                .find(id)
                .filter(hold -> hold.state() == HoldState.RELEASED && hold.isOwnedBy(self.name()))
                .map(hold -> HoldMoves.locksSeen(turn, hold, report, telling)));
    }

    /** The open ones in the order of opening, then those that have ended, the latest first. */
    public List<HoldView> list() {
        settleOverdue();
        return store.look(view -> {
            Map<HoldId, HoldView> all = new LinkedHashMap<>(); // one that ends in between is found twice
            view.open().forEach(hold -> all.put(hold.id(), Turn.view(hold, self.minding(), view)));
            view.finished().forEach(hold -> all.put(hold.id(), Turn.view(hold, self.minding(), view)));
            return List.copyOf(all.values());
        });
    }

    /** Empty: there was none, or it ended long ago. */
    public Optional<HoldView> find(HoldId id) {
        settleOverdue();
        return store.look(view -> view.find(id).map(hold -> Turn.view(hold, self.minding(), view)));
    }

    /** How many holds there are in each state that is not final. */
    public Map<HoldState, Integer> counts() {
        return store.look(StoreView::counts);
    }

    /** A hold whose client waits here, as it was seen last; asks nobody. Empty: it has ended, or waits elsewhere. */
    public Optional<HoldView> latest(HoldId id) {
        return self.minding()
                .latest(id)
                .map(hold -> HoldView.of(hold, self.minding().remaining(id).orElse(Duration.ZERO)));
    }

    /** Hears of what other proxies have changed, and tells the clients that wait here. To be called when there may be news. */
    public void catchUp() {
        locked(() -> {
            long before = seen;
            List<StoreView.Changed> changed = store.look(view -> {
                seen = Math.max(seen, view.version());
                return before == seen ? List.of() : view.changedSince(before, self.name());
            });
            for (StoreView.Changed one : changed) {
                seen = Math.max(seen, one.version());
                HoldId id = one.hold().id();
                HoldListener listener = self.minding().listener(id);
                Turn.mind(self, one.hold());
                if (listener != null) {
                    HoldView view = latest(id).orElseGet(() -> HoldView.of(one.hold(), Duration.ZERO));
                    notices.add(() -> listener.changed(view));
                }
                if (Turn.isToEnd(self, one.hold())) {
                    HoldView view = HoldView.of(one.hold(), Duration.ZERO);
                    cancellers.forEach(canceller -> notices.add(() -> canceller.accept(view)));
                }
            }
            if (before != seen) {
                watchers.forEach(notices::add);
            }
            return true;
        });
    }

    /**
     * To be called once a second: says that this proxy lives, deals with what belonged to those that do not, and with deadlines that
     * have passed, and tells the store what it could not be told before.
     */
    public void tick() {
        debts.pay();
        if (store.isShared()) {
            long nanos = self.clock().nanoTime().getAsLong();
            turn(turn -> {
                turn.store().beat(self.name());
                leases.gone(turn.store().beats(), self.name(), nanos).forEach(turn.store()::leave);
                turn.store().orphans().forEach(hold -> HoldMoves.bury(turn, hold));
                return true;
            });
        }
        settleOverdue();
        catchUp();
    }

    /** To be called before the first client: with a store of its own, whatever other proxy used it is gone. */
    public void start() {
        turn(turn -> {
            turn.store().beat(self.name());
            if (!store.isShared()) {
                turn.store().beats().keySet().stream()
                        .filter(proxy -> !proxy.equals(self.name()))
                        .forEach(turn.store()::leave);
                turn.store().orphans().forEach(hold -> HoldMoves.bury(turn, hold));
            }
            seen = turn.store().version();
            return true;
        });
    }

    /** To be called behind the last client. What is still open here goes the way of a proxy that is gone; delays are left to others. */
    public void stop() {
        debts.pay();
        turn(turn -> {
            turn.store().leave(self.name());
            turn.store().orphans().stream()
                    .filter(hold -> hold.isOwnedBy(self.name()))
                    .filter(hold -> hold.clientWaits() || hold.state() == HoldState.RELEASED)
                    .forEach(hold -> HoldMoves.bury(turn, hold));
            return true;
        });
    }

    /** Does it now or, while the store does not answer, as soon as it does. */
    void eventually(Runnable change) {
        debts.payOrOwe(change);
    }

    private Optional<HoldView> add(HoldRequest request, HoldTerms terms, @Nullable HoldListener listener) {
        return uncertain(
                newClaim(),
                new AtomicReference<>(),
                (turn, touched) -> HoldMoves.add(turn, request, terms, listener, touched));
    }

    private void wake(HoldId id) {
        try {
            turn(turn -> turn.settled(id));
        } catch (StoreUnavailableException e) {
            // The next tick asks again.
        }
    }

    private void settleOverdue() {
        List<HoldId> own = self.minding().overdue();
        List<HoldRecord> nobodys = store.look(StoreView::overdue);
        if (!own.isEmpty() || !nobodys.isEmpty()) {
            turn(turn -> {
                own.forEach(turn::settled);
                nobodys.forEach(hold -> turn.settled(hold.id()));
                return true;
            });
        }
    }

    /**
     * A change after which something could run or wait: if it may have happened unseen, it is taken back.
     *
     * @param touched the hold that is changed, as far as it is known before
     */
    private <T> T uncertain(String claim, AtomicReference<@Nullable HoldId> touched, Uncertain<T> action) {
        try {
            return turn(turn -> action.in(turn, touched));
        } catch (StoreUnavailableException e) {
            HoldId id = touched.get();
            if (id != null) {
                debts.owe(() -> turn(turn -> HoldMoves.abandon(turn, id, claim)));
            }
            throw e;
        }
    }

    private interface Uncertain<T> {
        /** @param touched takes the hold that it changes */
        T in(Turn turn, AtomicReference<@Nullable HoldId> touched);
    }

    private String newClaim() {
        return Long.toHexString(random.nextLong());
    }

    private <T> T turn(Function<Turn, T> action) {
        return locked(() -> {
            AtomicReference<@Nullable Turn> taken = new AtomicReference<>();
            T result = store.change(change -> {
                Turn turn = new Turn(self, change);
                taken.set(turn);
                return action.apply(turn);
            });
            Turn turn = taken.get();
            if (turn != null) {
                turn.committed();
                turn.said().forEach(this::say);
            }
            return result;
        });
    }

    private void say(Said said) {
        switch (said) {
            case Said.ToObservers(var change, var view) -> {
                observers.forEach(observer -> notices.add(() -> observer.observed(change, view)));
                watchers.forEach(notices::add);
            }
            case Said.ToClient(var listener, var view) -> notices.add(() -> listener.changed(view));
            case Said.ToRun(var view) -> cancellers.forEach(canceller -> notices.add(() -> canceller.accept(view)));
            case Said.ToPages() -> watchers.forEach(notices::add);
        }
    }

    private <T> T locked(Supplier<T> action) {
        try {
            synchronized (lock) {
                return action.get();
            }
        } finally {
            notices.deliver();
        }
    }
}
