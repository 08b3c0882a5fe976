package io.holdfast.proxy.approval;

import io.holdfast.config.HostPort;
import org.jspecify.annotations.Nullable;

/** A released statement from its claim to its outcome, as others than its session see it. Safe for use by many threads; nothing blocks. */
public interface ReleasedRun {
    /**
     * Where it runs.
     *
     * @param processId what the server calls the session's process; where a pooler stands in between it means nothing
     * @param primary false: a follower, where nobody else's locks are in the way
     * @param sentNanos when it was sent, monotonic
     */
    record Backend(HostPort server, int processId, boolean primary, long sentNanos) {}

    HoldId hold();

    /** That the session has logged in as. */
    String user();

    /** That the session is in. */
    String database();

    /** Null: it has not been sent yet. */
    @Nullable
    Backend backend();

    /** Tells the client, as soon as that can be between two frames. */
    void tell(String message, String hint);

    /** Ends it, and nothing else of its session; does nothing if it has been answered. May be called more than once. */
    void cancel(Cancellation cancellation);
}
