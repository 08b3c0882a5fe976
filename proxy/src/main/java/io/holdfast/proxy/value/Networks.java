package io.holdfast.proxy.value;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Addresses of networks and hosts, and what else is known by its bytes. */
final class Networks {
    private static final int IPV4 = 2;
    private static final int IPV6 = 3;
    private static final int WORDS = 8;
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private Networks() {}

    static String inet(Bytes in) {
        return address(in, false);
    }

    static String cidr(Bytes in) {
        return address(in, true);
    }

    static String macaddr(Bytes in) {
        return COLONS.formatHex(in.take(6));
    }

    static String macaddr8(Bytes in) {
        return COLONS.formatHex(in.take(8));
    }

    static String uuid(Bytes in) {
        String hex = HexFormat.of().formatHex(in.take(16));
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }

    private static String address(Bytes in, boolean network) {
        int family = in.uint8();
        int bits = in.uint8();
        in.uint8(); // whether it is a network, which the type says
        int length = in.uint8();
        int expected = family == IPV4 ? 4 : 16;
        if ((family != IPV4 && family != IPV6) || length != expected || bits > expected * Byte.SIZE) {
            throw new Undecodable("it is no address");
        }
        byte[] address = in.take(length);
        String text = family == IPV4 ? dotted(address, 0) : colons(address);
        return network || bits < expected * Byte.SIZE ? text + '/' + bits : text;
    }

    private static String dotted(byte[] address, int from) {
        List<String> parts = new ArrayList<>();
        for (int i = from; i < from + 4; i++) {
            parts.add(String.valueOf(address[i] & 0xff));
        }
        return String.join(".", parts);
    }

    /** The first of the longest runs of zeros is left out; an IPv4 address within is written as one. */
    private static String colons(byte[] address) {
        int[] words = new int[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = (address[2 * i] & 0xff) << Byte.SIZE | (address[2 * i + 1] & 0xff);
        }
        int best = -1;
        int longest = 1;
        for (int i = 0; i < WORDS; i++) {
            int end = i;
            while (end < WORDS && words[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                best = i;
                longest = end - i;
            }
        }
        boolean mapped = best == 0 && (longest == 6 || (longest == 5 && words[5] == 0xffff));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            if (i == best) {
                text.append(i == 0 ? "::" : ":");
                i += longest - 1;
            } else if (i == 6 && mapped) {
                return text + dotted(address, 12);
            } else {
                text.append(Integer.toHexString(words[i])).append(i < WORDS - 1 ? ":" : "");
            }
        }
        return text.toString();
    }
}
