package io.holdfast.proxy.session;

import io.holdfast.proxy.upstream.UpstreamState;

/**
 * How far a follower must have replayed to serve this session's reads. After a write that is unknown until the primary's
 * position has been sampled once more; then it is fixed, so that other sessions' writes do not move it.
 */
final class Freshness {
    /** Where the primary's write-ahead log ended in the first sample taken after a moment. */
    interface Samples {
        /**
         * Looks it up.
         *
         * @param nanoTime of {@link System#nanoTime()}
         * @return an LSN, or {@link UpstreamState#NOT_YET}
         */
        long insertLsnAfter(long nanoTime);
    }

    private final Samples samples;
    private boolean unsampled;
    private long wroteAt;
    private long required;

    Freshness(Samples samples) {
        this.samples = samples;
    }

    /** The session's write has ended at this moment. */
    void wrote(long nanoTime) {
        unsampled = true;
        wroteAt = nanoTime;
    }

    /** The LSN that a follower must have replayed, 0 for any; {@link UpstreamState#NOT_YET} while that is not known. */
    long required() {
        if (unsampled) {
            long lsn = samples.insertLsnAfter(wroteAt);
            if (lsn == UpstreamState.NOT_YET) {
                return lsn;
            }
            required = lsn;
            unsampled = false;
        }
        return required;
    }
}
