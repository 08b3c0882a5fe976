package io.holdfast.proxy.session;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.upstream.Follower;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.Topology;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Which follower can serve a session's next read, as of the last polls. */
sealed interface FollowerSearch {
    /** A follower this close behind mostly has what is missing within milliseconds. */
    Duration NEAR = Duration.ofMillis(100);

    /** This one, now. */
    record Found(HostPort server) implements FollowerSearch {}

    /** One that is open or near may be good enough after the next polls. */
    record Near() implements FollowerSearch {}

    /** None is near, or there is none. */
    record None() implements FollowerSearch {}

    /**
     * The follower that the session has is kept while it is good enough. One that was opened lately may be another run of the
     * server than the last poll spoke of, so a session that must not go back waits for a poll of this one.
     *
     * @param open the session's connection to a follower; null: none
     */
    static FollowerSearch of(Topology topology, @Nullable Leg open, Freshness freshness, FollowerLoad load) {
        if (topology.followers().isEmpty()) {
            return new None();
        }
        boolean openIsNear = false;
        Follower current = open == null ? null : topology.follower(open.server());
        if (open != null && current != null && current.usable()) {
            long required = freshness.required(open);
            if (Lsn.covers(current.replayLsn(), required)) {
                if (required == Lsn.ZERO || current.polledAt() - open.openedNanos() >= 0) {
                    return new Found(open.server());
                }
                openIsNear = true;
            }
        }
        HostPort other = openIsNear ? null : load.leastBusy(topology, freshness.required(null));
        if (other != null) {
            return new Found(other);
        }
        return openIsNear || hasNear(topology) ? new Near() : new None();
    }

    private static boolean hasNear(Topology topology) {
        for (Follower follower : topology.followers()) {
            if (isNear(follower)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNear(Follower follower) {
        Duration lag = follower.lag();
        return follower.usable() && lag != null && lag.compareTo(NEAR) <= 0;
    }
}
