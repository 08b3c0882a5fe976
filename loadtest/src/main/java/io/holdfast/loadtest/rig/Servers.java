package io.holdfast.loadtest.rig;

import io.holdfast.postgres.ClusterSpec;
import io.holdfast.postgres.PostgresCluster;
import io.holdfast.postgres.PostgresServer;
import io.holdfast.proxy.Main;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A primary and its standbys with a database, the proxy's account, and a user that may do as it likes in it. Writes are flushed to disk. */
public final class Servers implements AutoCloseable {
    public static final String DATABASE = "bench";
    public static final String USER = "bench";

    /** Of every user. */
    public static final String PASSWORD = "quick";

    private static final Duration REPLAY_LIMIT = Duration.ofMinutes(2);

    private final PostgresCluster cluster;

    private Servers(PostgresCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * What is wanted.
     *
     * @param standbys 0 or more
     * @param clients whom the primary must take at one time, of all targets together
     * @param certificate null: no TLS
     * @param accessFile pg_hba.conf; null: everybody by SCRAM
     */
    public record Plan(
            int standbys,
            int clients,
            @Nullable Certificate certificate,
            @Nullable Path accessFile) {
        /** One server, without TLS. */
        public static Plan primary(int clients) {
            return new Plan(0, clients, null, null);
        }
    }

    /** Starts them. */
    public static Servers start(Plan plan) throws SQLException, IOException {
        ClusterSpec.Builder builder = PostgresCluster.builder()
                .superuser("postgres", PASSWORD)
                .standbys(plan.standbys())
                .fsync(true)
                .setting("max_connections", Integer.toString(plan.clients() + 100)) // the proxy's own, and ours
                .setting("shared_buffers", "512MB"); // all that is read is in them
        if (plan.certificate() != null) {
            builder.tls(plan.certificate().ofServer());
        }
        if (plan.accessFile() != null) {
            builder.setting("hba_file", plan.accessFile().toString());
        }
        Servers servers = new Servers(builder.start());
        try {
            servers.execute(
                    "postgres",
                    "CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + '\'',
                    "CREATE DATABASE " + DATABASE + " OWNER " + USER);
            servers.execute(DATABASE, account(), "ALTER ROLE holdfast PASSWORD '" + PASSWORD + '\'');
            return servers;
        } catch (SQLException | IOException | RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    private static String account() throws IOException {
        try (InputStream in = Main.class.getResourceAsStream("demo/holdfast-account.sql")) {
            if (in == null) {
                throw new IOException("holdfast-account.sql is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void execute(String database, String... statements) throws SQLException {
        try (Connection connection = cluster.primary().connect(database);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    /** Runs statements as the superuser, on the primary itself. */
    public void sql(String... statements) throws SQLException {
        execute(DATABASE, statements);
    }

    public PostgresServer primary() {
        return cluster.primary();
    }

    public int primaryPort() {
        return cluster.primary().port();
    }

    /** The primary, then the standbys. */
    public List<PostgresServer> all() {
        return Stream.concat(Stream.of(cluster.primary()), cluster.standbys().stream())
                .toList();
    }

    /** As the server says it, such as {@code 18.6}. */
    public String version() throws SQLException {
        try (Connection connection = cluster.primary().connect(DATABASE)) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    /** Waits until the standbys show all that the primary does. */
    public void awaitReplay() {
        cluster.awaitReplay(REPLAY_LIMIT);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
