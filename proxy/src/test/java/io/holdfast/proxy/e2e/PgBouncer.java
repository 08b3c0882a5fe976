package io.holdfast.proxy.e2e;

import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestFolder;
import io.holdfast.proxy.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A PgBouncer of the system's in front of a port; the test is skipped where it is not installed. */
final class PgBouncer {
    private PgBouncer() {}

    /**
     * Starts one whose clients log in by SCRAM.
     *
     * @param server port on loopback
     * @param users lines of its auth_file: names and passwords or SCRAM secrets
     * @param poolMode session or transaction
     */
    static ListeningProgram start(int server, List<String> users, String poolMode) throws IOException {
        Path program = ClientProgram.installed("pgbouncer").path();
        Path folder = TestFolder.create("pgbouncer");
        Path auth = Files.write(folder.resolve("users"), users);
        int port = ListeningProgram.freePort();
        Path config = Files.writeString(
                folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = %s
                ignore_startup_parameters = extra_float_digits,options
                logfile = %s
                """.formatted(server, port, auth, poolMode, folder.resolve("log")));
        boolean root = System.getProperty("user.name").equals("root"); // which it refuses to be
        if (root) {
            for (Path path : List.of(folder, auth, config)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
            }
        }
        return ListeningProgram.start(
                root
                        ? List.of(program.toString(), "-u", "nobody", config.toString())
                        : List.of(program.toString(), config.toString()),
                port,
                folder);
    }

    /** A line of the auth_file with the secret that the server keeps, which alone lets it log in as whoever has proved to know it. */
    static String secret(TestServers servers, String user) throws SQLException {
        try (Connection connection = servers.superuser()) {
            return "\"" + user + "\" \""
                    + Sql.text(connection, "SELECT rolpassword FROM pg_authid WHERE rolname = '" + user + '\'') + '"';
        }
    }
}
