package io.holdfast.proxy.session;

import io.holdfast.config.Upstream.Consistency;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.UpstreamState;
import org.jspecify.annotations.Nullable;

/**
 * How far a follower must have replayed to serve this session's reads: it must show what the session has written, and nothing
 * older than it has read before.
 *
 * <p>Whatever server answered last, all that the session can have seen lies below the end of the primary's log at that moment, so
 * below the first sample of it taken later: that is the bound for a move to another server. The connection that answered last
 * needs none, as a server never goes back while a connection to it lives. So a session that stays costs nothing, and no query
 * needs a round trip more. What was on a server before can lie above what a restarted one has replayed, which is why the bound
 * comes from the primary, and why it is the connection that counts and not the address.
 *
 * <p>A move to the primary is always good: it has all that a follower shows. (PostgreSQL itself lets a follower show a commit
 * moments before the primary does.)
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

    private final Consistency consistency;
    private final Samples samples;
    private final UserWrites writes;
    private final String user;
    private final Mark seen = new Mark();
    private final Mark othersWrote = new Mark();
    private @Nullable Leg lastSeen;

    /**
     * Of a session that has seen nothing.
     *
     * @param writes of all sessions
     * @param user whose session this is
     */
    Freshness(Consistency consistency, Samples samples, UserWrites writes, String user) {
        this.consistency = consistency;
        this.samples = samples;
        this.writes = writes;
        this.user = user;
    }

    /** The session's write, on this leg, has ended at this moment. */
    void wrote(Leg leg, long nanoTime) {
        if (consistency == Consistency.USER) {
            writes.wrote(user, nanoTime);
        }
        saw(leg, nanoTime);
    }

    /** This leg has shown the session something, at this moment at the latest. */
    void saw(Leg leg, long nanoTime) {
        if (consistency != Consistency.NONE) {
            lastSeen = leg;
            seen.move(nanoTime);
        }
    }

    /**
     * The LSN that the server must have replayed, {@link Lsn#ZERO} for any; {@link UpstreamState#NOT_YET} while that is not known.
     *
     * @param leg to serve the next read; null: one yet to be opened
     */
    long required(@Nullable Leg leg) {
        if (consistency == Consistency.USER) {
            writes.last(user).ifPresent(othersWrote::move);
        }
        long written = othersWrote.lsn(samples);
        if (leg != null && leg == lastSeen) {
            return written;
        }
        long bound = seen.lsn(samples);
        return Lsn.covers(bound, written) ? bound : written;
    }

    /**
     * A moment, and the log's end in the first sample after it. Once that is known it is fixed, so that other sessions' writes do
     * not move it.
     */
    private static final class Mark {
        private boolean isSet;
        private long at;
        private long lsn;

        void move(long nanoTime) {
            if (!isSet || nanoTime - at > 0) {
                isSet = true;
                at = nanoTime;
                lsn = UpstreamState.NOT_YET;
            }
        }

        long lsn(Samples samples) {
            if (isSet && lsn == UpstreamState.NOT_YET) {
                lsn = samples.insertLsnAfter(at);
            }
            return lsn;
        }
    }
}
