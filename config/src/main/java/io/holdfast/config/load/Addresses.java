package io.holdfast.config.load;

import io.holdfast.config.HostPort;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Network addresses: {@code db1:5432}, {@code 10.0.0.1:5432}, {@code [::1]:5432}. */
final class Addresses {
    private static final int POSTGRES_PORT = 5432;
    private static final Pattern TEXT =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252})))(?::([0-9]{1,5}))?");

    /** Where to listen; port 0 lets the system choose. */
    static final Kind<HostPort> LISTENER =
            new Kind<>("an address with a port, such as 127.0.0.1:6432 or [::1]:6432", text -> parse(text, -1));

    /** A server; the port may be left out. */
    static final Kind<HostPort> SERVER = new Kind<>(
            "an address such as db1:5432, db1 or [::1]:5432",
            text -> parse(text, POSTGRES_PORT).filter(address -> address.port() > 0));

    /** Another proxy; there is no port that it usually has. */
    static final Kind<HostPort> PEER = new Kind<>(
            "an address with a port, such as proxy2:6432",
            text -> parse(text, -1).filter(a -> a.port() > 0));

    private Addresses() {}

    /** Whether an address can only be this machine. */
    static boolean isLoopback(HostPort address) {
        String host = address.host();
        return host.equals("localhost") || host.equals("::1") || host.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+");
    }

    /** Empty if it is no address, or without a port where there is no default (-1). */
    private static Optional<HostPort> parse(String text, int defaultPort) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches() || (parts.group(1) != null && !isIpv6(parts.group(1)))) {
            return Optional.empty();
        }
        int port = parts.group(3) == null ? defaultPort : Integer.parseInt(parts.group(3));
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        return port < 0 || port > 65535 ? Optional.empty() : Optional.of(new HostPort(host, port));
    }

    private static boolean isIpv6(String text) {
        try {
            return text.indexOf(':') >= 0 && InetAddress.ofLiteral(text).getHostAddress() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
