package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.proxy.approval.HoldChange;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.impact.Impact;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class AfterMeasuringTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Holds holds = new Holds();
    private final CompletableFuture<Impact> measuring = new CompletableFuture<>();
    private final List<String> told = new CopyOnWriteArrayList<>();

    private AfterMeasuring observer(Duration limit) {
        return new AfterMeasuring(
                (change, view) -> told.add(change + " " + view.approvals()), hold -> measuring, limit);
    }

    private HoldView view(HoldId id) {
        return holds.service.find(id).orElseThrow();
    }

    @Test
    void aNewHoldIsToldOfWhenItIsMeasured() {
        HoldView opened = view(holds.open(Holds.TWO));
        observer(LONG).observed(HoldChange.OPENED, opened);
        assertThat(told).isEmpty();

        measuring.complete(new Impact.None("why"));
        await().untilAsserted(() -> assertThat(told).containsExactly("OPENED 0"));
    }

    @Test
    void whatHappensMeanwhileIsToldAtOnceAndTheBeginningNoMore() {
        HoldId id = holds.open(Holds.TWO);
        AfterMeasuring observer = observer(LONG);
        observer.observed(HoldChange.OPENED, view(id));
        holds.approve(id, Holds.BO);

        observer.observed(HoldChange.VOTED, view(id));
        measuring.complete(new Impact.Pending());

        assertThat(told).containsExactly("VOTED 1");
    }

    @Test
    void aMeasurementThatDoesNotEndHoldsNothingBack() {
        observer(Duration.ofMillis(1)).observed(HoldChange.OPENED, view(holds.open(Holds.TWO)));

        await().untilAsserted(() -> assertThat(told).containsExactly("OPENED 0"));
    }

    @Test
    void aMeasurementThatFailsHoldsNothingBack() {
        measuring.completeExceptionally(new IllegalStateException("mistake"));

        observer(LONG).observed(HoldChange.OPENED, view(holds.open(Holds.TWO)));

        assertThat(told).containsExactly("OPENED 0");
    }
}
