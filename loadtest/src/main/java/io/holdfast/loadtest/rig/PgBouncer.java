package io.holdfast.loadtest.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PgBouncer with session pools. Its connections to the server are in clear text, as Holdfast's are here. */
public final class PgBouncer {
    private PgBouncer() {}

    /**
     * Starts it.
     *
     * @param auth its auth_type: trust lets clients in without a password, and it logs in with the one that it knows
     * @param certificate towards clients; null: no TLS
     */
    public static Child start(Path program, Scratch scratch, int server, String auth, @Nullable Certificate certificate)
            throws IOException, InterruptedException {
        int port = Child.freePort();
        Path users = scratch.file(
                "users.txt",
                "\"%s\" \"%s\"%n\"%s\" \"\"%n".formatted(Servers.USER, Servers.PASSWORD, Terms.TRUSTED_USER));
        String tls = certificate == null
                ? ""
                : "client_tls_sslmode = allow%nclient_tls_cert_file = %s%nclient_tls_key_file = %s"
                        .formatted(certificate.certificate(), certificate.key());
        Path file = scratch.file("pgbouncer.ini", """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = %s
                auth_file = %s
                pool_mode = session
                default_pool_size = 2000
                max_client_conn = 4000
                server_tls_sslmode = disable
                log_connections = 0
                log_disconnections = 0
                ignore_startup_parameters = extra_float_digits
                %s
                """.formatted(server, port, auth, users, tls));
        boolean root = System.getProperty("user.name").equals("root"); // which PgBouncer refuses to be
        return Child.program(
                port,
                root
                        ? List.of(program.toString(), "-q", "-u", "nobody", file.toString())
                        : List.of(program.toString(), "-q", file.toString()));
    }
}
