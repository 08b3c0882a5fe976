package io.holdfast.proxy.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;

/** What Linux knows of the connections of this machine. */
final class Sockets {
    /** As /proc/net/tcp writes the timer that runs for a connection. */
    private static final String KEEPALIVE = "02";

    private static final String ZERO_WINDOW_PROBE = "04";

    private Sockets() {}

    /** Whether the peer takes nothing any more: all buffers on the way are full. */
    static boolean isBlocked(Socket socket) {
        return timer(socket.getLocalPort(), socket.getPort()).equals(ZERO_WINDOW_PROBE);
    }

    /** Whether the peer's kernel asks now and then whether this end is still there. */
    static boolean peerProbes(Socket socket) {
        return timer(socket.getPort(), socket.getLocalPort()).equals(KEEPALIVE);
    }

    private static String timer(int local, int remote) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(Sockets::lines)
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields[1].endsWith(hex(local)) && fields[2].endsWith(hex(remote)))
                .map(fields -> fields[5].substring(0, 2))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.exists(Path.of(file)) ? Files.readAllLines(Path.of(file)).stream() : Stream.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hex(int port) {
        return ':' + HexFormat.of().toHexDigits((short) port).toUpperCase(Locale.ROOT);
    }
}
