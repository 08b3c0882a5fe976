package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    private static final PostgresProvider EMBEDDED = PostgresProvider.embedded();

    @TempDir
    private Path directory;

    /** Started by root, PostgreSQL runs as somebody else, and JUnit's folder is closed to others. */
    @BeforeEach
    void letTheServersIn() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void closeLeavesNeitherProcessNorFile() throws SQLException {
        PostgresCluster cluster = PostgresCluster.builder().standbys(1).start(EMBEDDED);
        Path data = Path.of(query(cluster.primary(), "SHOW data_directory"));
        List<ProcessHandle> processes = ProcessHandle.current().descendants().toList();
        assertThat(processes).hasSizeGreaterThan(2);

        cluster.close();

        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(data.getParent()).doesNotExist();
    }

    @Test
    void keptDirectoryIsContinued() throws SQLException {
        var spec = PostgresCluster.builder()
                .directory(directory.resolve("kept"))
                .superuser("root", "a ' quoted \\ one")
                .standbys(1);
        try (PostgresCluster cluster = spec.start(EMBEDDED)) {
            execute(cluster.primary(), "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        try (PostgresCluster cluster = spec.start(EMBEDDED)) {
            assertThat(query(cluster.primary(), "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(query(cluster.standby(), "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void callerChoosesPortsAndSettings() throws SQLException {
        int port = Ports.free();

        try (PostgresCluster cluster = PostgresCluster.builder()
                .ports(port)
                .setting("work_mem", "7MB")
                .fsync(true)
                .start(EMBEDDED)) {
            assertThat(cluster.primary().port()).isEqualTo(port);
            assertThat(cluster.standbys()).isEmpty();
            assertThat(query(cluster.primary(), "SHOW work_mem")).isEqualTo("7MB");
            assertThat(query(cluster.primary(), "SHOW fsync")).isEqualTo("on");
        }
    }

    @Test
    void takenPortIsSaidInOneLine() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> PostgresCluster.builder()
                            .ports(taken.getLocalPort())
                            .start(EMBEDDED))
                    .isInstanceOf(PostgresException.class)
                    .hasMessage("port " + taken.getLocalPort() + " on 127.0.0.1 is taken");
        }
    }

    @Test
    void wrongSettingIsSaidInOneLineAndLeavesNothing() throws Exception {
        List<Path> before = clusterFolders();

        assertThatThrownBy(() -> PostgresCluster.builder()
                        .setting("no_such_setting", "1")
                        .start(EMBEDDED))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("cannot start primary: ")
                .hasMessageContaining("FATAL")
                .hasMessageNotContaining("\n");

        assertThat(clusterFolders()).isEqualTo(before);
    }

    @Test
    void serverShowsTheGivenCertificate() throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=127.0.0.1")
                .addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Path certificate = Files.writeString(directory.resolve("cert.pem"), bundle.getCertificatePEM());
        Path key = Files.writeString(directory.resolve("key.pem"), bundle.getPrivateKeyPEM());

        try (PostgresCluster cluster = PostgresCluster.builder()
                        .tls(new ServerCertificate(certificate, key))
                        .start(EMBEDDED);
                Connection connection = DriverManager.getConnection(
                        cluster.primary().jdbcUrl("postgres") + "?sslmode=verify-full&sslrootcert=" + certificate,
                        cluster.superuser(),
                        cluster.password())) {
            assertThat(query(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("t");
        }
    }

    @Test
    void passwordIsAskedFor() {
        try (PostgresCluster cluster = PostgresCluster.builder().start(EMBEDDED)) {
            assertThatThrownBy(() -> DriverManager.getConnection(
                            cluster.primary().jdbcUrl("postgres"), cluster.superuser(), "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    private static List<Path> clusterFolders() throws Exception {
        try (Stream<Path> paths = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return paths.filter(path -> path.getFileName().toString().startsWith("holdfast-cluster-"))
                    .sorted()
                    .toList();
        }
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            return query(connection, sql);
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
