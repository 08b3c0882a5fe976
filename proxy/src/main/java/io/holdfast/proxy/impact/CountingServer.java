package io.holdfast.proxy.impact;

import io.holdfast.config.Counting;
import io.holdfast.config.HostPort;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.Topology;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which server counts rows. Pure. */
final class CountingServer {
    private CountingServer() {}

    /**
     * The follower that lags least, or the only server; empty: none, for now, and {@link #whyNone} says why.
     */
    static Optional<HostPort> of(Counting counting, Topology topology) {
        return switch (counting.where()) {
            case NOWHERE -> Optional.empty();
            case FOLLOWER -> topology.freshest(Lsn.ZERO);
            case ONLY_SERVER ->
                topology.followers().isEmpty() ? Optional.ofNullable(topology.primary()) : topology.freshest(Lsn.ZERO);
        };
    }

    /** For people. */
    static String whyNone(Counting counting, Topology topology) {
        if (counting.where() == Counting.Where.NOWHERE) {
            return "counting is switched off (protect.count-rows)";
        }
        return topology.followers().isEmpty()
                ? "there is no follower"
                : topology.followers().stream()
                        .map(follower -> follower.address() + ": " + follower.why())
                        .collect(Collectors.joining("; ", "no follower can count: ", ""));
    }
}
