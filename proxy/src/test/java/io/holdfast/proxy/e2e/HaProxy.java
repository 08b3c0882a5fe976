package io.holdfast.proxy.e2e;

import static org.awaitility.Awaitility.await;

import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.TestFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An HAProxy of the system's that cuts what is idle; the test is skipped where it is not installed. */
final class HaProxy implements AutoCloseable {
    private final Process process;
    private final int port;

    private HaProxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one in TCP mode.
     *
     * @param server port on loopback
     * @param idle a connection on which nothing is said for so long, either way, is cut
     */
    static HaProxy start(int server, Duration idle) throws IOException {
        Path program = ClientProgram.installed("haproxy").path();
        int port = freePort();
        Path folder = TestFolder.create("haproxy");
        Path config = Files.writeString(folder.resolve("haproxy.cfg"), """
                defaults
                  mode tcp
                  timeout connect 5s
                  timeout client %1$dms
                  timeout server %1$dms
                listen postgres
                  bind 127.0.0.1:%2$d
                  server holdfast 127.0.0.1:%3$d
                """.formatted(idle.toMillis(), port, server));
        Process process = new ProcessBuilder(List.of(program.toString(), "-db", "-f", config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        await("HAProxy listens").atMost(Duration.ofSeconds(30)).until(() -> listens(port));
        return new HaProxy(process, port);
    }

    private static boolean listens(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
