package io.holdfast.proxy.web;

import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Person;
import org.jspecify.annotations.Nullable;

/**
 * Ends a released statement that runs. Whoever posts is judged anew.
 *
 * @param mayCancel whether there is a button
 * @param reason that was typed already
 */
record CancelForm(boolean mayCancel, String reason) {
    /** Null: it does not run, or somebody has cancelled it. */
    static @Nullable CancelForm of(HoldView hold, Person viewer, String reason) {
        return hold.isCancellable()
                ? new CancelForm(hold.objectionToCancel(viewer).isEmpty(), reason)
                : null;
    }
}
