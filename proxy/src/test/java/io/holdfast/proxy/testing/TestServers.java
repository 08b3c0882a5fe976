package io.holdfast.proxy.testing;

import io.holdfast.config.HostPort;
import io.holdfast.postgres.PostgresCluster;
import io.holdfast.postgres.PostgresServer;
import io.holdfast.postgres.ServerCertificate;
import io.holdfast.proxy.demo.DemoCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A primary and a streaming standby with the sample database {@value #DATABASE}: developers ana and bo own its tables,
 * operators cy, di and eve read them, and operator cy has a second user, cy_too. Everybody's password is {@value #PASSWORD}.
 *
 * <p>The major version is the system property {@value #VERSION}; module postgres' property chooses between embedded
 * servers and Docker.
 */
public final class TestServers implements AutoCloseable {
    public static final String DATABASE = "shop";
    public static final String PASSWORD = "correct horse";
    public static final String VERSION = "holdfast.test.version";

    private static final Duration REPLAY_LIMIT = Duration.ofSeconds(60);

    private final PostgresCluster cluster;
    private final TestCertificate certificate;

    private TestServers(PostgresCluster cluster, TestCertificate certificate) {
        this.cluster = cluster;
        this.certificate = certificate;
    }

    private static final class Shared {
        static final TestServers SERVERS = start();
    }

    /** The servers of this JVM, which nobody stops; each test uses tables of its own. */
    public static TestServers shared() {
        return Shared.SERVERS;
    }

    /** Servers of one's own, for tests that harm them. */
    public static TestServers start() {
        return start(1);
    }

    /** The same with more standbys. */
    public static TestServers start(int standbys) {
        return start(standbys, 100);
    }

    /** The same with room for more clients than a server has by default. */
    public static TestServers start(int standbys, int maxConnections) {
        try {
            Path folder = TestFolder.create("test");
            TestCertificate certificate = TestCertificate.create(folder);
            PostgresCluster cluster = PostgresCluster.builder()
                    .version(Integer.getInteger(VERSION, 18))
                    .superuser("postgres", PASSWORD)
                    .standbys(standbys)
                    .setting("max_connections", Integer.toString(maxConnections))
                    .tls(new ServerCertificate(certificate.certificate(), certificate.key()))
                    .start();
            TestServers servers = new TestServers(cluster, certificate);
            servers.fill();
            return servers;
        } catch (Exception e) {
            throw new IllegalStateException("cannot start the servers", e);
        }
    }

    private void fill() throws SQLException, IOException {
        try (Connection connection = primary().connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE shop_owner");
            statement.execute("CREATE ROLE shop_reader");
            for (String developer : List.of("ana", "bo")) {
                statement.execute(login(developer, "shop_owner"));
            }
            for (String operator : List.of("cy", "cy_too", "di", "eve")) {
                statement.execute(login(operator, "shop_reader, pg_monitor"));
            }
            statement.execute("CREATE DATABASE " + DATABASE + " OWNER shop_owner");
        }
        try (Connection connection = primary().connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(resource("holdfast-account.sql"));
            statement.execute("ALTER ROLE holdfast PASSWORD '" + PASSWORD + '\'');
            statement.execute(resource("shop.sql"));
            statement.execute("GRANT USAGE, CREATE ON SCHEMA public TO shop_owner");
        }
        awaitReplay();
    }

    private static String login(String role, String groups) {
        return "CREATE ROLE " + role + " LOGIN IN ROLE " + groups + " PASSWORD '" + PASSWORD + '\'';
    }

    /** What the demo sets up is what is tested. */
    private static String resource(String name) throws IOException {
        try (InputStream in = DemoCommand.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public PostgresServer primary() {
        return cluster.primary();
    }

    public PostgresServer follower() {
        return cluster.standby();
    }

    public List<PostgresServer> followers() {
        return cluster.standbys();
    }

    /** What every server shows to clients that ask for TLS. */
    public TestCertificate certificate() {
        return certificate;
    }

    /** Addresses as a proxy is configured with them. */
    public List<HostPort> hosts() {
        return Stream.concat(Stream.of(primary()), cluster.standbys().stream())
                .map(server -> new HostPort(server.host(), server.port()))
                .toList();
    }

    /** To the primary, past any proxy, as this user. */
    public Connection direct(String user) throws SQLException {
        return DriverManager.getConnection(primary().jdbcUrl(DATABASE), user, PASSWORD);
    }

    /** To the primary as superuser. */
    public Connection superuser() throws SQLException {
        return primary().connect(DATABASE);
    }

    /** Runs statements on the primary as the developers' group, past any proxy, and waits until the standby has them. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = direct("ana")) {
            execute(connection, "SET ROLE shop_owner");
            execute(connection, statements);
        }
        awaitReplay();
    }

    /** Runs statements on the primary as superuser, and waits until the standby has them. */
    public void administer(String... statements) throws SQLException {
        try (Connection connection = superuser()) {
            execute(connection, statements);
        }
        awaitReplay();
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Rows of a table on the primary, past any proxy. */
    public long count(String table) throws SQLException {
        try (Connection connection = superuser()) {
            return Sql.number(connection, "SELECT count(*) FROM " + table);
        }
    }

    public void awaitReplay() {
        cluster.awaitReplay(REPLAY_LIMIT);
    }

    /** The standby stands still until this is closed. */
    public Closing pauseReplay() throws SQLException {
        onFollower("SELECT pg_wal_replay_pause()");
        return () -> {
            onFollower("SELECT pg_wal_replay_resume()");
            awaitReplay();
        };
    }

    private void onFollower(String sql) throws SQLException {
        try (Connection connection = follower().connect(DATABASE)) {
            execute(connection, sql);
        }
    }

    /** For try-with-resources. */
    @FunctionalInterface
    public interface Closing extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
