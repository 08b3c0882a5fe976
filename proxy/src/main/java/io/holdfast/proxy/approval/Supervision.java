package io.holdfast.proxy.approval;

import org.jspecify.annotations.Nullable;

/**
 * What happens to a hold between its release and its outcome.
 *
 * @param locks null: it waits for none that there was an alarm of, or does not run
 * @param cancellation null: nobody has cancelled it
 */
public record Supervision(
        @Nullable LockReport locks, @Nullable Cancellation cancellation) {
    /** Nothing. */
    public static final Supervision NONE = new Supervision(null, null);

    Supervision withLocks(@Nullable LockReport report) {
        return new Supervision(report, cancellation);
    }

    Supervision cancelledBy(Cancellation who) {
        return new Supervision(locks, who);
    }
}
