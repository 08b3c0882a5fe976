package io.holdfast.proxy.upstream;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of one host from its last poll. */
sealed interface HostAnswer {
    /** A system identifier that the account may not read. */
    long UNKNOWN_SYSTEM = 0;

    /** Not asked yet: it may be anything, also a second primary. */
    record Unasked() implements HostAnswer {}

    /**
     * Did not answer, or is suspected.
     *
     * @param since monotonic; an answer to a question sent before it says nothing of the time since
     * @param silent it did not even say no: it hangs, or cannot be reached, and open connections will not be told
     */
    record Down(long since, String why, boolean silent) implements HostAnswer {
        Down(long since, String why) {
            this(since, why, false);
        }
    }

    /**
     * Takes writes.
     *
     * @param sentAt monotonic, before the question left
     * @param system identifier of the cluster, or {@link #UNKNOWN_SYSTEM}
     * @param insertLsn all that was committed before {@code sentAt} lies below it
     * @param parameters ParameterStatus values that hold for every session
     */
    record Primary(long sentAt, long system, long insertLsn, Map<String, String> parameters) implements HostAnswer {
        public Primary {
            parameters = Map.copyOf(parameters);
        }
    }

    /**
     * Is in recovery.
     *
     * @param sentAt monotonic, before the question left
     * @param receivedAt monotonic, after the answer came
     * @param system as for a primary
     * @param replayLsn everything below it can be read
     * @param replayAge age of the last replayed commit by the servers' clocks; null: none was replayed since it started
     */
    record Standby(
            long sentAt,
            long receivedAt,
            long system,
            long replayLsn,
            @Nullable Duration replayAge) implements HostAnswer {}
}
