package io.holdfast.proxy.ci;

import io.holdfast.config.Cidr;
import io.holdfast.config.HostPort;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a server may be to count as local: on this machine, or in a listed network. Pure. */
public final class LocalPlaces {
    private static final int SUGGESTED_IPV4_PREFIX = 16;
    private static final int SUGGESTED_IPV6_PREFIX = 64;

    private final List<Cidr> networks;

    public LocalPlaces(List<Cidr> networks) {
        this.networks = List.copyOf(networks);
    }

    /**
     * Why a server is not local; null: it is.
     *
     * @param addresses all that its name stands for; one elsewhere suffices, as the next connection may go there
     */
    public @Nullable String objection(HostPort server, List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            if (!isLocal(address)) {
                String literal = address.getHostAddress();
                String what = literal.equals(server.host()) ? server + " is" : server + " is at " + literal + ',';
                return what + " not on this machine; if that is a network of containers, list it: local-networks: ["
                        + suggestion(address) + ']';
            }
        }
        return addresses.isEmpty() ? server + " has no address" : null;
    }

    /** Whether an address is this machine's loopback, or in a listed network. */
    public boolean isLocal(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress() // as a destination, this machine
                || networks.stream().anyMatch(network -> network.contains(address));
    }

    /** The network that somebody would most likely list; Docker gives out /16, and IPv6 is divided by /64. */
    private static String suggestion(InetAddress address) {
        byte[] bytes = address.getAddress();
        int prefix = bytes.length == 4 ? SUGGESTED_IPV4_PREFIX : SUGGESTED_IPV6_PREFIX;
        for (int i = prefix / Byte.SIZE; i < bytes.length; i++) {
            bytes[i] = 0;
        }
        try {
            String network = new Cidr(InetAddress.getByAddress(bytes), prefix).toString();
            return bytes.length == 4 ? network : '"' + network + '"';
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }
}
