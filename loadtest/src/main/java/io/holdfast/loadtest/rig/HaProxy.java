package io.holdfast.loadtest.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** HAProxy in TCP mode: passes bytes on. It cannot answer PostgreSQL's request for TLS, so that is passed on, too. */
final class HaProxy {
    private HaProxy() {}

    static Child start(Path program, Scratch scratch, int server) throws IOException, InterruptedException {
        int port = Child.freePort();
        Path file = scratch.file("haproxy.cfg", """
                global
                  maxconn 4000
                defaults
                  mode tcp
                  timeout connect 5s
                  timeout client 10m
                  timeout server 10m
                listen postgres
                  bind 127.0.0.1:%d
                  server primary 127.0.0.1:%d
                """.formatted(port, server));
        return Child.program(port, List.of(program.toString(), "-db", "-f", file.toString()));
    }
}
