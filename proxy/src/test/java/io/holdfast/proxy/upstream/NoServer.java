package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import java.util.List;
import java.util.Map;

/** No host answers. */
final class NoServer implements UpstreamState {
    @Override
    public Topology topology() {
        return new Topology(null, List.of());
    }

    @Override
    public long insertLsnAfter(long nanoTime) {
        return NOT_YET;
    }

    @Override
    public long lastInsertLsn() {
        return Lsn.ZERO;
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
