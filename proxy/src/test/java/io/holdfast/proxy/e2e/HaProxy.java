package io.holdfast.proxy.e2e;

import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.TestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An HAProxy of the system's that cuts what is idle; the test is skipped where it is not installed. */
final class HaProxy {
    private HaProxy() {}

    /**
     * Starts one in TCP mode.
     *
     * @param server port on loopback
     * @param idle a connection on which nothing is said for so long, either way, is cut
     */
    static ListeningProgram start(int server, Duration idle) throws IOException {
        Path program = ClientProgram.installed("haproxy").path();
        int port = ListeningProgram.freePort();
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
        return ListeningProgram.start(List.of(program.toString(), "-db", "-f", config.toString()), port, folder);
    }
}
