package io.holdfast.proxy.approval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of a proxy in the control store: transitions by the state table, and what is to be said and minded once they are
 * committed. If they are not, nothing of it happens.
 */
final class Turn {
    /** What is the same for every turn of a proxy. */
    record Proxy(String name, Duration grantTtl, HoldLimits limits, HoldClock clock, HoldIds ids, Minding minding) {
        /** How long an approval may be used; less if one person gave it. */
        Duration useWithin(HoldRecord hold) {
            Duration alone = limits.glass().useWithin();
            return hold.brokenBy().isPresent() && alone.compareTo(grantTtl) < 0 ? alone : grantTtl;
        }
    }

    /** What others are told once it is committed. */
    sealed interface Said {
        record ToObservers(HoldChange change, HoldView view) implements Said {}

        record ToClient(HoldListener listener, HoldView view) implements Said {}

        /** A statement that runs here is to end. */
        record ToRun(HoldView view) implements Said {}

        /** Pages have something else to show. */
        record ToPages() implements Said {}
    }

    private final Proxy proxy;
    private final StoreChange store;
    private final List<Said> said = new ArrayList<>();
    private final List<Runnable> minded = new ArrayList<>();

    Turn(Proxy proxy, StoreChange store) {
        this.proxy = proxy;
        this.store = store;
    }

    StoreChange store() {
        return store;
    }

    String proxyName() {
        return proxy.name;
    }

    HoldLimits limits() {
        return proxy.limits;
    }

    /** In order. */
    List<Said> said() {
        return said;
    }

    /** The turn is committed: clients and deadlines of this proxy follow. */
    void committed() {
        minded.forEach(Runnable::run);
    }

    HoldRecord open(HoldRequest request, HoldTerms terms, @Nullable HoldListener listener) {
        HoldId id = proxy.ids.next(candidate -> store.find(candidate).isPresent());
        HoldRecord hold = HoldRecord.open(id, request, terms, listener != null, proxy.name, store.now());
        store.beat(proxy.name); // a hold of a proxy that is not known would be taken for one whose proxy is gone
        store.add(hold, proxy.name);
        if (hold.isOwnedBy(proxy.name)) {
            minded.add(() -> proxy.minding.begin(hold, listener, terms.limit()));
        }
        announce(HoldChange.OPENED, hold);
        return hold;
    }

    /** The hold after a deadline that has passed; empty: there is none, or it was forgotten. */
    Optional<HoldRecord> settled(HoldId id) {
        return store.find(id).map(this::settle);
    }

    /** Applies a deadline that has passed. */
    HoldRecord settle(HoldRecord hold) {
        if (!isOverdue(hold)) {
            return hold;
        }
        HoldRecord after = move(hold, hold.timeOver());
        tellClient(after);
        return after;
    }

    private boolean isOverdue(HoldRecord hold) {
        if (hold.isOwnedBy(proxy.name)) {
            return isKnown(hold, proxy.minding) && proxy.minding.isOverdue(hold.id());
        }
        return !hold.state().isFinal()
                && hold.owner() == null
                && hold.deadline() != null
                && !hold.deadline().isAfter(store.now());
    }

    /** Whether the deadline that is minded here is that of the state: another proxy may just have changed it. */
    private static boolean isKnown(HoldRecord hold, Minding minding) {
        return minding.latest(hold.id())
                .filter(known -> known.state() == hold.state())
                .isPresent();
    }

    /** The only place that changes a state. */
    HoldRecord move(HoldRecord before, HoldEvent event) {
        HoldRecord hold = before.on(event);
        HoldChange change = switch (hold.state()) {
            case APPROVED -> {
                hold = hold.until(store.now().plus(proxy.useWithin(hold)));
                yield HoldChange.DECIDED;
            }
            case GRANTED -> {
                hold = hold.ownedBy(null).until(store.now().plus(proxy.useWithin(hold)));
                yield HoldChange.DECIDED;
            }
            case RELEASED -> {
                hold = hold.ownedBy(proxy.name).withoutClient();
                yield HoldChange.CLAIMED;
            }
            case EXECUTED, FAILED, UNKNOWN_OUTCOME -> {
                hold = hold.ownedBy(null).withLocks(null);
                yield HoldChange.FINISHED;
            }
            case WAITING, DENIED, EXPIRED, WITHDRAWN, GRANT_EXPIRED -> {
                hold = hold.ownedBy(null);
                yield HoldChange.DECIDED;
            }
        };
        put(hold);
        if (hold.state().isFinal()) {
            store.prune(proxy.limits);
        }
        announce(change, hold);
        return hold;
    }

    /** Anything but a change of the state. */
    void put(HoldRecord hold) {
        store.update(hold, proxy.name);
        minded.add(() -> mind(hold));
    }

    /** A hold whose proxy is gone, and that goes on: its delay begins anew here, since nobody knows how much of it has passed. */
    void adopt(HoldRecord hold) {
        HoldRecord own =
                hold.ownedBy(proxy.name).until(store.now().plus(hold.terms().limit()));
        store.update(own, proxy.name);
        minded.add(() -> proxy.minding.begin(own, null, own.terms().limit()));
    }

    private void mind(HoldRecord hold) {
        mind(proxy, hold);
    }

    /** The hold has changed, here or elsewhere. An approved one has its own deadline, which counts from when this proxy knows of it. */
    static void mind(Proxy proxy, HoldRecord hold) {
        HoldId id = hold.id();
        Optional<HoldRecord> before = proxy.minding.latest(id);
        if (before.isEmpty()) {
            return;
        }
        boolean open = hold.state() == HoldState.WAITING || hold.state() == HoldState.APPROVED;
        if (!open || !hold.isOwnedBy(proxy.name)) {
            proxy.minding.end(id);
        } else if (hold.state() == HoldState.APPROVED && before.get().state() != HoldState.APPROVED) {
            proxy.minding.begin(hold, proxy.minding.listener(id), proxy.useWithin(hold));
        } else {
            proxy.minding.update(hold);
        }
    }

    void announce(HoldChange change, HoldRecord hold) {
        said.add(new Said.ToObservers(change, view(hold)));
    }

    /** Tells the client that waits here, if it does. */
    void tellClient(HoldRecord hold) {
        HoldListener listener = proxy.minding.listener(hold.id());
        if (listener != null) {
            said.add(new Said.ToClient(listener, view(hold)));
        }
    }

    /** Ends the statement if it runs here; another proxy that runs it hears of it by itself. */
    void cancels(HoldRecord hold) {
        if (isToEnd(proxy, hold)) {
            said.add(new Said.ToRun(view(hold)));
        }
    }

    /** Whether a statement runs at this proxy that somebody wants ended. */
    static boolean isToEnd(Proxy proxy, HoldRecord hold) {
        return hold.state() == HoldState.RELEASED
                && hold.supervision().cancellation() != null
                && hold.isOwnedBy(proxy.name);
    }

    /** Whoever shows holds should look again. */
    void shows() {
        said.add(new Said.ToPages());
    }

    HoldView view(HoldRecord hold) {
        return view(hold, proxy.minding, store);
    }

    /** What is minded here is shown by this proxy's clock, unless its state is a new one. */
    static HoldView view(HoldRecord hold, Minding minding, StoreView store) {
        Duration remaining =
                isKnown(hold, minding) ? minding.remaining(hold.id()).orElse(Duration.ZERO) : remaining(hold, store);
        HoldView view = HoldView.of(hold, remaining);
        return hold.supervision().locks() == null ? view : view.asOf(store.now());
    }

    private static Duration remaining(HoldRecord hold, StoreView store) {
        if (hold.deadline() == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(store.now(), hold.deadline());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
