package io.holdfast.proxy.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.postgres.PostgresServer;
import io.holdfast.proxy.testing.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The first process of an embedded server. */
record Postmaster(ProcessHandle process) {
    /** Asks the server, which must answer. */
    static Postmaster of(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            long backend = Sql.number(connection, "SELECT pg_backend_pid()");
            return new Postmaster(
                    ProcessHandle.of(backend).flatMap(ProcessHandle::parent).orElseThrow());
        }
    }

    /** Sends STOP or CONT to it and all that it has started. */
    void signal(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        Stream.concat(Stream.of(process), process.descendants())
                .map(handle -> String.valueOf(handle.pid()))
                .forEach(command::add);
        Process kill = new ProcessBuilder(command).start();
        assertThat(kill.waitFor()).isIn(0, 1); // 1: one of them has ended by itself
    }
}
