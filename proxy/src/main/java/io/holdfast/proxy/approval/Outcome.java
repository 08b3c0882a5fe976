package io.holdfast.proxy.approval;

import java.time.Duration;

/** What became of a released statement. */
public sealed interface Outcome {
    /**
     * The server said CommandComplete.
     *
     * @param tag of the last statement; never proof of how many rows were touched (cascades, triggers, rules)
     */
    record Completed(String tag, Duration duration) implements Outcome {}

    /** An ErrorResponse was the answer, the server's or our own. */
    record Failed(String sqlstate, String message, Duration duration) implements Outcome {}

    /** The connection was lost first; it may have taken effect. */
    record Unknown() implements Outcome {}
}
