package io.holdfast.proxy.estimate;

import io.holdfast.proxy.policy.RowEstimate;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Finds out how many rows statements would touch, without running any of them. */
@FunctionalInterface
public interface RowEstimates {
    /**
     * One for each statement that is asked about, by its number in the unit. Returns at once, on any thread; completes within some
     * seconds, on any thread, and never fails: what cannot be found out is {@link RowEstimate.Unknown}.
     */
    CompletionStage<Map<Integer, RowEstimate>> of(RowQuestion question);
}
