package io.holdfast.proxy;

import io.holdfast.proxy.approval.HoldChange;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldObserver;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.impact.Impact;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Tells of a new hold when it has been measured, for where a message says what the statement would touch and cannot always be changed
 * later. A hold that changes before is told of at once, as it is then.
 */
final class AfterMeasuring implements HoldObserver {
    private final HoldObserver observer;
    private final Function<HoldView, CompletionStage<Impact>> impacts;
    private final Duration limit;
    private final Set<HoldId> waiting = new HashSet<>();

    /** @param limit a hold that is not measured by then is told of without */
    AfterMeasuring(HoldObserver observer, Function<HoldView, CompletionStage<Impact>> impacts, Duration limit) {
        this.observer = observer;
        this.impacts = impacts;
        this.limit = limit;
    }

    @Override
    public void observed(HoldChange change, HoldView view) {
        if (change != HoldChange.OPENED) {
            tellNow(change, view);
            return;
        }
        begin(view.id());
        impacts.apply(view)
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(new Impact.Pending(), limit.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((impact, failure) -> tellIfNew(change, view));
    }

    private synchronized void begin(HoldId id) {
        waiting.add(id);
    }

    private synchronized void tellNow(HoldChange change, HoldView view) {
        waiting.remove(view.id());
        observer.observed(change, view);
    }

    /** Whoever is told must not hear of the beginning behind what came after it. */
    private synchronized void tellIfNew(HoldChange change, HoldView view) {
        if (waiting.remove(view.id())) {
            observer.observed(change, view);
        }
    }
}
