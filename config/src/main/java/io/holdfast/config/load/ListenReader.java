package io.holdfast.config.load;

import io.holdfast.config.Cidr;
import io.holdfast.config.HostPort;
import io.holdfast.config.ListenAddress;
import io.holdfast.config.ListenAddress.Tcp;
import io.holdfast.config.ListenAddress.UnixSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keys {@code listen} and {@code proxy-protocol}: where clients come in. */
final class ListenReader {
    private static final ListenAddress DEFAULT = new Tcp(new HostPort("127.0.0.1", 6432));

    /** As PostgreSQL: whoever can see the socket may try to log in. */
    private static final int DEFAULT_MODE = 0777;

    /** The kernel takes 107, and the socket is made under a longer name beside it first. */
    private static final int MAX_PATH_BYTES = 80;

    private static final Kind<Path> SOCKET = new Kind<>(
            "an absolute path of at most " + MAX_PATH_BYTES + " bytes, such as /run/holdfast/.s.PGSQL.6432",
            text -> isSocketPath(text) ? Optional.of(Path.of(text)) : Optional.empty());

    private static final Kind<ListenAddress> ADDRESS = new Kind<>(
            Addresses.LISTENER.expected() + ", or a path such as /run/holdfast/.s.PGSQL.6432",
            text -> text.startsWith("/")
                    ? SOCKET.parse().apply(text).map(path -> new UnixSocket(path, DEFAULT_MODE))
                    : Addresses.LISTENER.parse().apply(text).map(Tcp::new));

    private static final Kind<Integer> MODE = new Kind<>(
            "permissions such as 0770",
            text -> text.matches("0?[0-7]{3}") ? Optional.of(Integer.parseInt(text, 8)) : Optional.empty());

    private ListenReader() {}

    static List<ListenAddress> read(Section root) {
        Optional<Value> value = root.get("listen");
        List<ListenAddress> addresses = new ArrayList<>();
        Once once = new Once("each address once");
        for (Value element :
                value.map(given -> given.elements(ADDRESS.expected())).orElse(List.of())) {
            address(element)
                    .filter(address -> isAnyPort(address) || once.add(address.toString(), element))
                    .ifPresent(addresses::add);
        }
        value.ifPresent(Value::refuseEmptyList);
        return addresses.isEmpty() ? List.of(DEFAULT) : addresses;
    }

    /** Networks whose connections begin with a PROXY protocol header. */
    static List<Cidr> proxyProtocol(Section root) {
        Section section = root.section("proxy-protocol", List.of("from"));
        Optional<Value> from =
                section.isThere() ? section.required("from", Kinds.NETWORK.expected()) : Optional.empty();
        from.ifPresent(Value::refuseEmptyList);
        return from.map(given -> given.elements(Kinds.NETWORK.expected())).orElse(List.of()).stream()
                .flatMap(element -> element.as(Kinds.NETWORK).stream())
                .map(Cidr::parse)
                .toList();
    }

    private static Optional<ListenAddress> address(Value element) {
        if (!element.isMapping()) {
            return element.as(ADDRESS);
        }
        Section socket = element.section(List.of("socket", "mode"));
        int mode = socket.value("mode", MODE, DEFAULT_MODE);
        return socket.required("socket", SOCKET.expected())
                .flatMap(path -> path.as(SOCKET))
                .map(path -> new UnixSocket(path, mode));
    }

    private static boolean isAnyPort(ListenAddress address) {
        return address instanceof Tcp tcp && tcp.address().port() == 0;
    }

    private static boolean isSocketPath(String text) {
        return text.startsWith("/")
                && !text.endsWith("/")
                && text.indexOf('\0') < 0
                && text.getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES;
    }
}
