package io.holdfast.loadtest.micro;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.upstream.Topology;
import io.holdfast.proxy.upstream.UpstreamState;
import java.util.List;
import java.util.Map;

/** One server, as it was found once. */
final class LonePrimary implements UpstreamState {
    private static final long LSN = 100;

    private final Topology topology = new Topology(MicroSettings.PRIMARY, List.of());

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public long insertLsnAfter(long nanoTime) {
        return LSN;
    }

    @Override
    public long lastInsertLsn() {
        return LSN;
    }

    @Override
    public void hurry() {}

    @Override
    public void suspect(HostPort host) {}

    @Override
    public Map<String, String> primaryParameters() {
        return Map.of();
    }
}
