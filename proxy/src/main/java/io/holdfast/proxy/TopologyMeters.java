package io.holdfast.proxy;

import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.upstream.Follower;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.Topology;
import io.holdfast.proxy.upstream.UpstreamState;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows in the metrics what the polls of the servers have found. */
final class TopologyMeters implements Consumer<Topology> {
    private final Meters meters;
    private volatile @Nullable UpstreamState upstream;

    TopologyMeters(Meters meters) {
        this.meters = meters;
    }

    /** Where the primary's log position can be asked; the lag in bytes is not known before. */
    void of(UpstreamState state) {
        upstream = state;
    }

    @Override
    public void accept(Topology topology) {
        meters.primaryKnown(topology.primary() != null);
        if (topology.primary() != null) {
            meters.notFollower(topology.primary().toString());
        }
        for (Follower follower : topology.followers()) {
            double seconds =
                    follower.lag() == null ? Double.NaN : follower.lag().toMillis() / 1000.0;
            meters.follower(follower.address().toString(), seconds, bytes(follower), follower.usable());
        }
    }

    private double bytes(Follower follower) {
        UpstreamState state = upstream;
        return state == null || follower.replayLsn() == Lsn.ZERO
                ? Double.NaN
                : Lsn.bytesBehind(follower.replayLsn(), state.lastInsertLsn());
    }
}
