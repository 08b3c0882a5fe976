package io.holdfast.proxy;

import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.upstream.Follower;
import io.holdfast.proxy.upstream.Topology;
import java.util.function.Consumer;

/** Shows in the metrics what the polls of the servers have found. */
record TopologyMeters(Meters meters) implements Consumer<Topology> {
    @Override
    public void accept(Topology topology) {
        meters.primaryKnown(topology.primary() != null);
        if (topology.primary() != null) {
            meters.notFollower(topology.primary().toString());
        }
        for (Follower follower : topology.followers()) {
            double seconds =
                    follower.lag() == null ? Double.NaN : follower.lag().toMillis() / 1000.0;
            meters.follower(follower.address().toString(), seconds, Double.NaN, follower.usable());
        }
    }
}
