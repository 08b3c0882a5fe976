package io.holdfast.proxy;

import io.holdfast.proxy.approval.HoldChange;
import io.holdfast.proxy.approval.HoldObserver;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.StoreUnavailableException;
import io.holdfast.proxy.metrics.Meters;

/** Counts holds in the metrics. */
record HoldMeters(Meters meters) implements HoldObserver {
    /** Shows how many there are in each state that does not last for ever, in the whole control store. */
    static void show(Meters meters, HoldService holds) {
        for (HoldState state : HoldState.values()) {
            if (!state.isFinal()) {
                meters.holds(state.label(), () -> count(holds, state));
            }
        }
    }

    private static double count(HoldService holds, HoldState state) {
        try {
            return holds.counts().getOrDefault(state, 0);
        } catch (StoreUnavailableException e) {
            return Double.NaN;
        }
    }

    @Override
    public void observed(HoldChange change, HoldView view) {
        if (view.state().isFinal() && (change == HoldChange.DECIDED || change == HoldChange.FINISHED)) {
            meters.holdEnded(view.state().label());
        } else if (change == HoldChange.LOCK_WAIT) {
            meters.lockAlarm();
        }
    }
}
