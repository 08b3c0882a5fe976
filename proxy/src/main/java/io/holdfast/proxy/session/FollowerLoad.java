package io.holdfast.proxy.session;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.upstream.Follower;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How many of the proxy's sessions each follower has, so that the next one goes where there are fewest. */
public final class FollowerLoad {
    private final ConcurrentHashMap<HostPort, AtomicInteger> legs = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    void opened(HostPort follower) {
        of(follower).incrementAndGet();
    }

    void closed(HostPort follower) {
        of(follower).decrementAndGet();
    }

    /**
     * Of the followers that may be used and have replayed enough, one with the fewest sessions; equals take turns, so that many
     * sessions that come at once are spread.
     *
     * @param required an LSN, unsigned
     * @return null: none is good enough
     */
    public @Nullable HostPort leastBusy(Topology topology, long required) {
        List<HostPort> idlest = new ArrayList<>(2);
        int fewest = Integer.MAX_VALUE;
        for (Follower follower : topology.followers()) {
            if (follower.usable() && Lsn.covers(follower.replayLsn(), required)) {
                int busy = of(follower.address()).get();
                if (busy < fewest) {
                    fewest = busy;
                    idlest.clear();
                }
                if (busy == fewest) {
                    idlest.add(follower.address());
                }
            }
        }
        return idlest.isEmpty() ? null : idlest.get(Math.floorMod(turn.getAndIncrement(), idlest.size()));
    }

    private AtomicInteger of(HostPort follower) {
        return legs.computeIfAbsent(follower, _ -> new AtomicInteger());
    }
}
