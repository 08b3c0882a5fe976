package io.holdfast.proxy.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program of the system's that listens on a port of loopback, with what it says in a file. */
final class ListeningProgram implements AutoCloseable {
    private final Process process;
    private final int port;

    private ListeningProgram(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it, and waits until it takes connections.
     *
     * @param port that the command makes it listen on
     * @param folder for what it says
     */
    static ListeningProgram start(List<String> command, int port, Path folder) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        await(command.getFirst() + " listens").atMost(Duration.ofSeconds(30)).until(() -> listens(port));
        return new ListeningProgram(process, port);
    }

    private static boolean listens(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() throws IOException {
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
