package io.holdfast.proxy.session;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.upstream.Follower;
import io.holdfast.proxy.upstream.Topology;
import io.holdfast.proxy.upstream.UpstreamState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What polling would have found; a script changes it. The primary's log ends at {@link #written}. */
final class FakeUpstream implements UpstreamState {
    static final long OLD = 100;

    @Nullable
    HostPort primary = FakeServers.PRIMARY;

    boolean hasFollower = true;
    boolean sampled = true;
    long written = OLD;
    long replayed = OLD;

    @Override
    public Topology topology() {
        Follower follower = new Follower(
                FakeServers.FOLLOWER,
                replayed,
                Duration.ZERO,
                hasFollower,
                hasFollower ? "" : "down",
                System.nanoTime());
        return new Topology(primary, List.of(follower));
    }

    @Override
    public long insertLsnAfter(long nanoTime) {
        return sampled ? ++written : NOT_YET;
    }

    @Override
    public long lastInsertLsn() {
        return written;
    }

    @Override
    public void hurry() {}

    @Override
    public void suspect(HostPort host) {
        if (host.equals(FakeServers.FOLLOWER)) {
            hasFollower = false;
        } else {
            primary = null;
        }
    }

    @Override
    public Map<String, String> primaryParameters() {
        return Map.of();
    }
}
