package io.holdfast.config;

import java.util.List;

/**
 * Other proxies that clients reach under the same address. A CancelRequest comes by a connection of its own, which may end at
 * another proxy than the one that runs the statement.
 *
 * @param id of this proxy, 1..{@value #MAX_ID}; 0: none, there are no peers
 * @param peers the others
 */
public record Peering(int id, List<Peer> peers) {
    /** A cancel key has room for so many. */
    public static final int MAX_ID = 255;

    public static final Peering NONE = new Peering(0, List.of());

    public Peering {
        peers = List.copyOf(peers);
    }

    /**
     * Another proxy.
     *
     * @param id its own, another than ours
     * @param address where it listens
     * @param tls towards it
     */
    public record Peer(int id, HostPort address, UpstreamTls tls) {}
}
