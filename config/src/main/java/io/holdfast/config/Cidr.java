package io.holdfast.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation, {@code 10.1.0.0/16} or {@code fd00::/8}; a bare address is a network of one.
 *
 * @param network its first address; IPv4 in IPv6's clothes ({@code ::ffff:10.0.0.1}) is IPv4 here, as the JDK has it
 * @param prefix leading bits that count, 0..32 or 0..128
 */
public record Cidr(InetAddress network, int prefix) {
    /** Four decimal parts only: the JDK also takes {@code 10.1} and {@code 0x0a000001}, which people misread. */
    private static final Pattern IPV4 = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

    /** No scope: {@code %eth0} means nothing to another machine. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private static final Pattern TEXT = Pattern.compile("([^/]+)(?:/(0|[1-9][0-9]{0,2}))?");

    public Cidr {
        if (prefix < 0 || prefix > bits(network)) {
            throw new IllegalArgumentException("prefix: " + prefix + " (expected: 0.." + bits(network) + ')');
        }
        byte[] address = network.getAddress();
        for (int bit = prefix; bit < bits(network); bit++) {
            if (isSet(address, bit)) {
                throw new IllegalArgumentException("network: " + network.getHostAddress()
                        + " has bits set after the first " + prefix + " (expected: a network, not a host in it)");
            }
        }
    }

    /**
     * Reads the notation; asks no name service.
     *
     * @throws IllegalArgumentException if the text is no network; the message says why
     */
    public static Cidr parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches() || !isLiteral(parts.group(1))) {
            throw new IllegalArgumentException(text + " (expected: a network such as 10.1.0.0/16 or fd00::/8)");
        }
        InetAddress address = InetAddress.ofLiteral(parts.group(1));
        return new Cidr(address, parts.group(2) == null ? bits(address) : Integer.parseInt(parts.group(2)));
    }

    /** Whether the address is in this network; an IPv4 address never is in an IPv6 network. */
    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            if (isSet(ours, bit) != isSet(theirs, bit)) {
                return false;
            }
        }
        return true;
    }

    /** Whether every address of the other is in this. */
    public boolean covers(Cidr other) {
        return prefix <= other.prefix && contains(other.network);
    }

    @Override
    public String toString() {
        return network.getHostAddress() + '/' + prefix;
    }

    private static boolean isLiteral(String text) {
        return IPV4.matcher(text).matches() || IPV6.matcher(text).matches();
    }

    private static int bits(InetAddress address) {
        return address instanceof Inet4Address ? 32 : 128;
    }

    private static boolean isSet(byte[] address, int bit) {
        return (address[bit / 8] & 0x80 >> bit % 8) != 0;
    }
}
