package io.holdfast.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import io.holdfast.config.UpstreamTls;
import io.holdfast.config.UpstreamTls.Mode;
import io.holdfast.postgres.PostgresCluster;
import io.holdfast.postgres.ServerCertificate;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundConnectionsTest {
    @TempDir
    static Path directory;

    private static Path ours;
    private static Path theirs;
    private static PostgresCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        X509Bundle authority = authority("CN=ours");
        X509Bundle server = new CertificateBuilder()
                .ecp256()
                .subject("CN=server")
                .addSanDnsName("localhost")
                .buildIssuedBy(authority);
        ours = write("ours.pem", authority.getCertificatePEM());
        theirs = write("theirs.pem", authority("CN=theirs").getCertificatePEM());
        cluster = PostgresCluster.builder()
                .tls(new ServerCertificate(
                        write("server.pem", server.getCertificatePEM()),
                        write("server.key", server.getPrivateKeyPEM())))
                .start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static X509Bundle authority(String subject) throws Exception {
        return new CertificateBuilder()
                .ecp256()
                .subject(subject)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static Path write(String name, String pem) throws IOException {
        return Files.writeString(directory.resolve(name), pem);
    }

    /** What the server says of the connection. */
    private static String ask(String host, Mode mode, @Nullable Path root, String sql) throws SQLException {
        Upstream config = Live.upstream(Live.superuser(cluster), cluster.primary());
        Upstream withTls = new Upstream(
                config.environment(),
                config.hosts(),
                new UpstreamTls(mode, root),
                config.account(),
                config.authQuery(),
                config.maxLag(),
                config.fallback(),
                config.pollInterval(),
                config.connectTimeout());
        HostPort address = new HostPort(host, cluster.primary().port());
        try (Connection connection = new BackgroundConnections(withTls).open(address);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String encrypted(String host, Mode mode, @Nullable Path root) throws SQLException {
        return ask(host, mode, root, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
    }

    @Test
    void modeDecidesWhetherTheConnectionIsEncrypted() throws SQLException {
        assertThat(encrypted("127.0.0.1", Mode.DISABLE, null)).isEqualTo("f");
        assertThat(encrypted("127.0.0.1", Mode.REQUIRE, null)).isEqualTo("t");
    }

    @Test
    void verifyFullChecksTheName() throws SQLException {
        assertThat(encrypted("localhost", Mode.VERIFY_FULL, ours)).isEqualTo("t");
        assertThatThrownBy(() -> encrypted("127.0.0.1", Mode.VERIFY_FULL, ours)).isInstanceOf(SQLException.class);
        assertThat(encrypted("127.0.0.1", Mode.VERIFY_CA, ours)).isEqualTo("t");
    }

    @Test
    void chainIsCheckedAgainstTheGivenAuthorityOrTheJdks() {
        assertThatThrownBy(() -> encrypted("localhost", Mode.VERIFY_CA, theirs)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> encrypted("localhost", Mode.VERIFY_FULL, theirs))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> encrypted("localhost", Mode.VERIFY_CA, null))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("PKIX path building failed");
    }

    @Test
    void connectionsAreNamedAndReadOnlyAndLimited() throws SQLException {
        assertThat(ask("127.0.0.1", Mode.DISABLE, null, "SHOW application_name"))
                .isEqualTo("holdfast");
        assertThat(ask("127.0.0.1", Mode.DISABLE, null, "SHOW transaction_read_only"))
                .isEqualTo("on");
        assertThat(ask("127.0.0.1", Mode.DISABLE, null, "SHOW statement_timeout"))
                .isEqualTo("5s");
    }
}
