package io.holdfast.loadtest.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** The programs that ours is measured beside, as far as they are installed, each configured to do no more than it must. */
final class Others {
    private static final List<String> FOLDERS =
            List.of("/usr/sbin", "/usr/local/sbin", "/usr/bin", "/opt/homebrew/bin");

    private Others() {}

    /** HAProxy in TCP mode: passes bytes on. */
    static Optional<Target> haproxy(Path folder, int server) throws IOException, InterruptedException {
        Optional<Path> program = find("haproxy");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        int port = freePort();
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, """
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
        return Optional.of(Target.of(
                "haproxy", Child.program(port, List.of(program.get().toString(), "-db", "-f", file.toString()))));
    }

    /** PgBouncer with session pooling; it logs in by itself, so clients need no password. */
    static Optional<Target> pgbouncer(Path folder, int server) throws IOException, InterruptedException {
        Optional<Path> program = find("pgbouncer");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        int port = freePort();
        Path users = folder.resolve("users.txt");
        Files.writeString(users, '"' + Servers.USER + "\" \"" + Servers.PASSWORD + "\"\n");
        Path file = folder.resolve("pgbouncer.ini");
        Files.writeString(file, """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = session
                default_pool_size = 300
                max_client_conn = 1000
                log_connections = 0
                log_disconnections = 0
                ignore_startup_parameters = extra_float_digits
                """.formatted(server, port, users));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        boolean root = System.getProperty("user.name").equals("root"); // which PgBouncer refuses to be
        List<String> command = root
                ? List.of(program.get().toString(), "-q", "-u", "nobody", file.toString())
                : List.of(program.get().toString(), "-q", file.toString());
        return Optional.of(Target.of("pgbouncer", Child.program(port, command)));
    }

    private static Optional<Path> find(String name) {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
