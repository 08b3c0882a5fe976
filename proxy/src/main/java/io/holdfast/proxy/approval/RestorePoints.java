package io.holdfast.proxy.approval;

import java.util.concurrent.CompletionStage;

/** Marks, on the primary, the moment before a statement runs. Safe for use by many threads; nothing here blocks. */
@FunctionalInterface
public interface RestorePoints {
    /**
     * Asks for one; what two people have approved must not wait for it for long, so there is an answer within a few seconds, and never
     * an exception.
     *
     * @param hold which is about to be run
     */
    CompletionStage<RestorePoint> before(HoldId hold);
}
