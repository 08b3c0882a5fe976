package io.holdfast.config.load;

import io.holdfast.config.HostPort;
import io.holdfast.config.Peering;
import io.holdfast.config.Peering.Peer;
import io.holdfast.config.UpstreamTls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keys {@code peer-id} and {@code peers}. The list may be the same on every proxy: each leaves itself out. */
final class PeersReader {
    private static final Kind<Integer> ID = Kinds.integer(1, Peering.MAX_ID);

    private PeersReader() {}

    static Peering read(Section root) {
        int self = root.get("peer-id").flatMap(value -> value.as(ID)).orElse(0);
        List<Value> values = root.items("peers", "a list of peers");
        if (self == 0 && !values.isEmpty() && root.get("peer-id").isEmpty()) {
            root.problem("peer-id", "missing", "the id of this proxy among its peers, " + ID.expected());
        }
        Once ids = new Once("each id once");
        List<Peer> peers = new ArrayList<>();
        for (Value value : values) {
            Section keys = value.section(List.of("id", "host", "tls"));
            Optional<Value> idValue = keys.required("id", ID.expected());
            Optional<Integer> id = idValue.flatMap(given -> given.as(ID));
            Optional<HostPort> address =
                    keys.required("host", Addresses.PEER.expected()).flatMap(given -> given.as(Addresses.PEER));
            UpstreamTls tls =
                    UpstreamReader.tls(keys, address.map(Addresses::isLoopback).orElse(true));
            if (id.isPresent() && ids.add(id.get(), idValue.get()) && id.get() != self && address.isPresent()) {
                peers.add(new Peer(id.get(), address.get(), tls));
            }
        }
        return new Peering(self, peers);
    }
}
