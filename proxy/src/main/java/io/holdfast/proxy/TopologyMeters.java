package io.holdfast.proxy;

import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.upstream.Follower;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.Topology;
import io.holdfast.proxy.upstream.UpstreamState;
import java.util.function.Consumer;

/** Shows in the metrics what the polls of the servers have found. */
final class TopologyMeters implements Consumer<Topology> {
    private final Meters meters;
    private final UpstreamState upstream;

    TopologyMeters(Meters meters, UpstreamState upstream) {
        this.meters = meters;
        this.upstream = upstream;
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
        return follower.replayLsn() == Lsn.ZERO
                ? Double.NaN
                : Lsn.bytesBehind(follower.replayLsn(), upstream.lastInsertLsn());
    }
}
