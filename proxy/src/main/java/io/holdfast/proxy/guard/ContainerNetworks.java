package io.holdfast.proxy.guard;

import io.holdfast.config.Cidr;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Networks of containers that are this machine's own for certain, so that nobody need list them: behind a bridge that Docker or Podman has
 * made here; and, in a container of theirs, the one that it is attached to, if its addresses are those that they give out by themselves.
 * In Kubernetes there is none: what is near there can be anybody's.
 */
final class ContainerNetworks {
    private static final Pattern BRIDGE = Pattern.compile("docker[0-9]+|br-[0-9a-f]{12}|podman[0-9]+|cni-podman[0-9]+");
    private static final Pattern ETHERNET = Pattern.compile("eth[0-9]+");

    /** Docker's default pools but the last, which is that of Amazon's default networks; then Podman's. */
    private static final List<Cidr> POOLS = List.of(
            Cidr.parse("172.17.0.0/16"),
            Cidr.parse("172.18.0.0/15"),
            Cidr.parse("172.20.0.0/14"),
            Cidr.parse("172.24.0.0/14"),
            Cidr.parse("172.28.0.0/15"),
            Cidr.parse("172.30.0.0/16"),
            Cidr.parse("10.88.0.0/15"));

    private ContainerNetworks() {}

    /** Those of this machine. */
    static List<Cidr> attached(Map<String, String> environment) {
        boolean contained = (Files.exists(Path.of("/.dockerenv")) || Files.exists(Path.of("/run/.containerenv")))
                && !environment.containsKey("KUBERNETES_SERVICE_HOST");
        List<Cidr> networks = new ArrayList<>();
        try {
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                boolean bridge = BRIDGE.matcher(one.getName()).matches();
                boolean ours = contained && ETHERNET.matcher(one.getName()).matches();
                for (InterfaceAddress address : one.getInterfaceAddresses()) {
                    if (bridge || (ours && isFromPool(address.getAddress()))) {
                        networks.add(network(address));
                    }
                }
            }
        } catch (SocketException e) {
            return List.of();
        }
        return networks;
    }

    /** Whether containers get such addresses by themselves. */
    static boolean isFromPool(InetAddress address) {
        return POOLS.stream().anyMatch(pool -> pool.contains(address));
    }

    private static Cidr network(InterfaceAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        int prefix = address.getNetworkPrefixLength();
        for (int bit = prefix; bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        try {
            return new Cidr(InetAddress.getByAddress(bytes), prefix);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }
}
