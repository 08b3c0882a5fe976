package io.holdfast.proxy.approval;

import io.holdfast.proxy.approval.FreezeAnswer.Reason;
import io.holdfast.proxy.approval.FreezeObserver.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stops writes, for all proxies that share the control store. Safe for use by many threads; all but {@link #now} may block, and throws
 * {@link StoreUnavailableException} if the store does not answer. Until it has answered once, everything is frozen; later, what it said
 * last is what counts.
 */
public final class FreezeService {
    private final ControlStore store;
    private final HoldLimits limits;
    private final List<FreezeObserver> observers;
    private final List<Consumer<Freeze>> cutters = new CopyOnWriteArrayList<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile FreezeState state;

    /** @param observers of what is done at this proxy */
    public FreezeService(ControlStore store, HoldLimits limits, HoldClock clock, List<FreezeObserver> observers) {
        this.store = store;
        this.limits = limits;
        this.observers = List.copyOf(observers);
        this.state = FreezeState.unknown(clock.wall().instant());
    }

    /** What is frozen as far as this proxy knows; costs one volatile read. */
    public FreezeState now() {
        return state;
    }

    /** Calls this when a freeze begins that ends running writes, wherever it came from; must not block. */
    public void onCut(Consumer<Freeze> cutter) {
        cutters.add(cutter);
    }

    /** Calls this when {@link #now} has become another, whoever did it and wherever; must not block. For pages that show the newest state. */
    public void onAnyChange(Runnable watcher) {
        watchers.add(watcher);
    }

    /**
     * Stops writes; what was frozen there before is replaced.
     *
     * @param database null: in all
     */
    public FreezeAnswer freeze(Person who, FreezeMode mode, @Nullable String database, @Nullable String reason) {
        Optional<Reason> objection = ThawRule.objection(who);
        if (objection.isPresent()) {
            return refused(objection.get());
        }
        if (database != null && !Freeze.mayBeDatabase(database)) {
            return refused(Reason.NOT_A_DATABASE);
        }
        if (reason == null || reason.isBlank()) {
            return refused(Reason.NO_REASON);
        }
        if (reason.length() > limits.reasonChars()) {
            return refused(Reason.REASON_TOO_LONG);
        }
        Freeze freeze = store.change(change -> {
            Freeze made = new Freeze(database, mode, who.name(), reason, change.now(), List.of());
            change.put(made);
            return made;
        });
        hearSoon();
        tell(Change.FROZEN, freeze);
        return new FreezeAnswer.Frozen(freeze);
    }

    /**
     * Asks for an end, which comes when two persons have.
     *
     * @param database of the freeze; null: that of all databases
     */
    public FreezeAnswer thaw(Person who, @Nullable String database) {
        return thaw(who, database, freeze -> true);
    }

    /**
     * The same, of a freeze that this person has before their eyes: one that was put in its place meanwhile stays as it is.
     *
     * @param since when the freeze began
     */
    public FreezeAnswer thaw(Person who, @Nullable String database, Instant since) {
        return thaw(who, database, freeze -> freeze.since().equals(since));
    }

    private FreezeAnswer thaw(Person who, @Nullable String database, Predicate<Freeze> wanted) {
        FreezeAnswer answer = store.change(change -> thaw(change, who, database, wanted));
        hearSoon();
        switch (answer) {
            case FreezeAnswer.OneMore(var freeze) -> tell(Change.THAW_ASKED, freeze);
            case FreezeAnswer.Thawed(var freeze) -> {
                tell(Change.THAW_ASKED, freeze);
                tell(Change.THAWED, freeze);
            }
            case FreezeAnswer.Frozen _, FreezeAnswer.Refused _ -> {}
        }
        return answer;
    }

    private static FreezeAnswer thaw(
            StoreChange change, Person who, @Nullable String database, Predicate<Freeze> wanted) {
        Optional<Freeze> found = change.freezes().stream()
                .filter(freeze -> Objects.equals(freeze.database(), database))
                .filter(wanted)
                .findFirst();
        if (found.isEmpty()) {
            return refused(who.mayApprove() ? Reason.NOT_FROZEN : Reason.NOT_APPROVER);
        }
        Optional<Reason> objection = ThawRule.objection(found.get(), who);
        if (objection.isPresent()) {
            return refused(objection.get());
        }
        Freeze asked = found.get().withThaw(who.name());
        if (ThawRule.isSatisfied(asked.thaws())) {
            change.remove(asked);
            return new FreezeAnswer.Thawed(asked);
        }
        change.put(asked);
        return new FreezeAnswer.OneMore(asked);
    }

    /** It is done, and must be told as done, even if the store does not answer to the next question. */
    private void hearSoon() {
        try {
            catchUp();
        } catch (StoreUnavailableException e) {
            // Whoever looks for news hears of it.
        }
    }

    /** Hears of what other proxies have done. To be called when there may be news. */
    public void catchUp() {
        List<Freeze> cut = new ArrayList<>();
        boolean changed;
        synchronized (this) {
            List<Freeze> frozen = store.look(StoreView::freezes);
            for (Freeze freeze : frozen) {
                if (freeze.mode() == FreezeMode.NOW
                        && state.freezes().stream().noneMatch(known -> isSame(known, freeze))) {
                    cut.add(freeze);
                }
            }
            FreezeState heard = frozen.isEmpty() ? FreezeState.NONE : new FreezeState(frozen);
            changed = !heard.isSame(state);
            state = heard;
        }
        cut.forEach(freeze -> cutters.forEach(cutter -> cutter.accept(freeze)));
        if (changed) {
            watchers.forEach(Runnable::run);
        }
    }

    /** But for who wants its end. */
    private static boolean isSame(Freeze one, Freeze other) {
        return one.mode() == other.mode()
                && one.since().equals(other.since())
                && Objects.equals(one.database(), other.database());
    }

    private void tell(Change change, Freeze freeze) {
        observers.forEach(observer -> observer.observed(change, freeze));
    }

    private static FreezeAnswer refused(Reason reason) {
        return new FreezeAnswer.Refused(reason, reason.text());
    }
}
