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
     * Stops writes; what was frozen there before is replaced. A milder freeze in the place of a stricter one is part of a thaw: the first
     * who asks for it changes nothing, the second, another person, does.
     *
     * @param database null: in all
     */
    public FreezeAnswer freeze(Actor by, FreezeMode mode, @Nullable String database, @Nullable String reason) {
        Optional<Reason> objection = ThawRule.objection(by.person());
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
        FreezeAnswer answer = store.change(change -> freeze(
                change, new Freeze(database, mode, by.person().name(), reason, change.now(), List.of()), by.person()));
        hearSoon();
        tell(answer, by);
        return answer;
    }

    private static FreezeAnswer freeze(StoreChange change, Freeze wanted, Person who) {
        Optional<Freeze> stricter = change.freezes().stream()
                .filter(freeze -> Objects.equals(freeze.database(), wanted.database()))
                .filter(freeze -> wanted.mode().isMilderThan(freeze.mode()))
                .findFirst();
        if (stricter.isPresent()) {
            Optional<Easing> easing = ThawRule.ease(stricter.get(), wanted.mode(), who);
            if (easing.isEmpty()) {
                return refused(Reason.ALREADY_EASED_BY_YOU);
            }
            if (!ThawRule.isSatisfied(easing.get().persons())) {
                Freeze asked = stricter.get().withEasing(easing.get());
                change.put(asked);
                return new FreezeAnswer.OneMoreToEase(asked);
            }
        }
        change.put(wanted);
        return new FreezeAnswer.Frozen(wanted);
    }

    /**
     * Asks for an end, which comes when two persons have.
     *
     * @param database of the freeze; null: that of all databases
     */
    public FreezeAnswer thaw(Actor by, @Nullable String database) {
        return thaw(by, database, freeze -> true);
    }

    /**
     * The same, of a freeze that this person has before their eyes: one that was put in its place meanwhile stays as it is.
     *
     * @param since when the freeze began
     */
    public FreezeAnswer thaw(Actor by, @Nullable String database, Instant since) {
        return thaw(by, database, freeze -> freeze.since().equals(since));
    }

    private FreezeAnswer thaw(Actor by, @Nullable String database, Predicate<Freeze> wanted) {
        FreezeAnswer answer = store.change(change -> thaw(change, by.person(), database, wanted));
        hearSoon();
        tell(answer, by);
        return answer;
    }

    private void tell(FreezeAnswer answer, Actor by) {
        switch (answer) {
            case FreezeAnswer.Frozen(var freeze) -> tell(Change.FROZEN, freeze, by);
            case FreezeAnswer.OneMoreToEase(var freeze) -> tell(Change.EASE_ASKED, freeze, by);
            case FreezeAnswer.OneMore(var freeze) -> tell(Change.THAW_ASKED, freeze, by);
            case FreezeAnswer.Thawed(var freeze) -> {
                tell(Change.THAW_ASKED, freeze, by);
                tell(Change.THAWED, freeze, by);
            }
            case FreezeAnswer.Refused _ -> {}
        }
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

    /** But for who wants its end, or a milder one. */
    private static boolean isSame(Freeze one, Freeze other) {
        return one.mode() == other.mode()
                && one.since().equals(other.since())
                && Objects.equals(one.database(), other.database());
    }

    private void tell(Change change, Freeze freeze, Actor by) {
        observers.forEach(observer -> observer.observed(change, freeze, by));
    }

    private static FreezeAnswer refused(Reason reason) {
        return new FreezeAnswer.Refused(reason, reason.text());
    }
}
