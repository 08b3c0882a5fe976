package io.holdfast.proxy.impact;

import io.holdfast.config.Counting;
import io.holdfast.config.HostPort;
import io.holdfast.proxy.upstream.Topology;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which server counts rows. Pure. */
final class CountingServer {
    private CountingServer() {}

    /**
     * Empty: none, for now; {@link #whyNone} says why.
     *
     * @param minimumLsn what it must have replayed, as of {@link Topology#freshest}; the primary has everything
     */
    static Optional<HostPort> of(Counting counting, Topology topology, long minimumLsn) {
        return switch (counting.where()) {
            case NOWHERE -> Optional.empty();
            case FOLLOWER -> topology.freshest(minimumLsn);
            case ONLY_SERVER ->
                topology.followers().isEmpty()
                        ? Optional.ofNullable(topology.primary())
                        : topology.freshest(minimumLsn);
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
