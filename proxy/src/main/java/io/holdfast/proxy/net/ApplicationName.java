package io.holdfast.proxy.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;

/** The application_name that a server is told when it is to see the client's address, {@code psql - 10.1.2.3:5555}. */
final class ApplicationName {
    /** NAMEDATALEN - 1: a server cuts what is longer, and that would be the address. */
    private static final int MAX_BYTES = 63;

    private ApplicationName() {}

    /** The address alone if the client gave no name; a long name is cut at the end of a character. */
    static String withAddress(String name, InetSocketAddress client) {
        String host = client.getAddress().getHostAddress();
        String address = (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + client.getPort();
        return name.isEmpty() ? address : cut(name, MAX_BYTES - 3 - address.length()) + " - " + address;
    }

    private static String cut(String name, int bytes) {
        int end = name.length();
        while (name.substring(0, end).getBytes(UTF_8).length > bytes) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end);
    }
}
