package io.holdfast.loadtest.scenario;

import io.holdfast.postgres.PostgresCluster;
import io.holdfast.proxy.Main;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A primary and its standbys with a database, the proxy's account, and a user that may do as it likes in it. */
final class Servers implements AutoCloseable {
    static final String DATABASE = "bench";
    static final String USER = "bench";
    static final String PASSWORD = "quick";

    private static final Duration REPLAY_LIMIT = Duration.ofMinutes(2);

    private final PostgresCluster cluster;

    private Servers(PostgresCluster cluster) {
        this.cluster = cluster;
    }

    static Servers start(int standbys) throws SQLException, IOException {
        PostgresCluster cluster = PostgresCluster.builder()
                .superuser("postgres", PASSWORD)
                .standbys(standbys)
                .setting("max_connections", "600")
                .start();
        Servers servers = new Servers(cluster);
        try (Connection connection = cluster.primary().connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + '\'');
            statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + USER);
        }
        try (Connection connection = cluster.primary().connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(account());
            statement.execute("ALTER ROLE holdfast PASSWORD '" + PASSWORD + '\'');
        }
        return servers;
    }

    private static String account() throws IOException {
        try (InputStream in = Main.class.getResourceAsStream("demo/holdfast-account.sql")) {
            if (in == null) {
                throw new IOException("holdfast-account.sql is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    int primaryPort() {
        return cluster.primary().port();
    }

    void awaitReplay() {
        cluster.awaitReplay(REPLAY_LIMIT);
    }

    /** Writes the configuration of a proxy in front of them. */
    Path configuration(Path folder, String preset) throws IOException {
        String hosts = IntStream.concat(
                        IntStream.of(primaryPort()), cluster.standbys().stream().mapToInt(standby -> standby.port()))
                .mapToObj(port -> "\"127.0.0.1:" + port + '"')
                .collect(Collectors.joining(", "));
        return configuration(folder, hosts, preset);
    }

    /** The same, in front of what listens elsewhere. */
    static Path configuration(Path folder, String hosts, String preset) throws IOException {
        Path file = Files.createTempDirectory(folder, "proxy").resolve("holdfast.yaml");
        Files.writeString(file, """
                listen: 127.0.0.1:0
                admin: off
                upstream:
                  environment: production
                  hosts: [%s]
                  account: { user: holdfast, password: %s, database: %s }
                  auth-query: SELECT * FROM holdfast.lookup(?)
                protect:
                  preset: %s
                limits:
                  max-clients: 20000
                people:
                  - { name: cy, approves: true }
                  - { name: di, approves: true }
                """.formatted(hosts, PASSWORD, DATABASE, preset));
        return file;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
