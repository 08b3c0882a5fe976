package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.UpstreamTls;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logging in: TLS on both sides, and refusals in the server's own words. */
@Timeout(120)
class LoginTest {
    /** TLS to the servers with everything checked; TLS to clients if they ask. */
    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder()
            .clientTls(false)
            .upstreamTls(UpstreamTls.Mode.VERIFY_FULL)
            .start();

    @BeforeAll
    static void createRoles() throws SQLException {
        String password = " PASSWORD '" + TestServers.PASSWORD + '\'';
        proxy.servers()
                .administer(
                        "CREATE ROLE expired LOGIN VALID UNTIL '2020-01-01'" + password,
                        "CREATE ROLE no_login NOLOGIN" + password,
                        "CREATE ROLE no_connections LOGIN CONNECTION LIMIT 0" + password,
                        "CREATE ROLE no_password LOGIN",
                        "CREATE ROLE \"Größe 'x\" LOGIN" + password,
                        "CREATE DATABASE closed ALLOW_CONNECTIONS false",
                        "CREATE DATABASE private",
                        "REVOKE CONNECT ON DATABASE private FROM PUBLIC");
    }

    private static Map<String, String> verifyFull() {
        return Map.of(
                "sslmode",
                "verify-full",
                "sslrootcert",
                proxy.servers().certificate().certificate().toString());
    }

    @Test
    void aClientMayVerifyTheProxyAndBindTheChannel() throws SQLException {
        var options = new HashMap<>(verifyFull());
        options.put("channelBinding", "require");
        try (Connection ana = proxy.connect("ana", options)) {
            assertThat(Sql.onFollower(ana)).isTrue();
        }
    }

    @Test
    void bothLegsAreEncrypted() throws SQLException {
        String encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        try (Connection ana = proxy.connect("ana", Map.of("sslmode", "disable"))) {
            assertThat(Sql.onFollower(ana)).isTrue();
            assertThat(Sql.text(ana, encrypted)).isEqualTo("t");
            ana.setAutoCommit(false);
            assertThat(Sql.onFollower(ana)).isFalse();
            assertThat(Sql.text(ana, encrypted)).isEqualTo("t");
            ana.rollback();
        }
    }

    @Test
    void tlsCanBeRequiredOfClients() throws SQLException {
        try (ProxyFixture strict = ProxyFixture.builder().clientTls(true).start()) {
            Failure.of("28000", () -> strict.connect("ana", Map.of("sslmode", "disable")));
            strict.connect("ana", verifyFull()).close();
        }
    }

    @Test
    void theServersSeeTheUserHimself() throws SQLException {
        try (Connection bo = proxy.connect("bo", Map.of("ApplicationName", "ledger"))) {
            assertThat(
                            Sql.rows(
                                    bo,
                                    "SELECT session_user, current_user, current_database(), current_setting('application_name')"))
                    .containsExactly("bo|bo|shop|ledger");
        }
    }

    @Test
    void aNameMayHaveAnyCharacters() throws SQLException {
        try (Connection connection = proxy.connect("Größe 'x")) {
            assertThat(Sql.text(connection, "SELECT session_user")).isEqualTo("Größe 'x");
        }
    }

    @Test
    void startupOptionsReachBothLegs() throws SQLException {
        try (Connection ana = proxy.connect("ana", Map.of("options", "-c work_mem=7MB"))) {
            assertThat(Sql.onFollower(ana)).isTrue();
            assertThat(Sql.text(ana, "SHOW work_mem")).isEqualTo("7MB");
            ana.setAutoCommit(false);
            assertThat(Sql.onFollower(ana)).isFalse();
            assertThat(Sql.text(ana, "SHOW work_mem")).isEqualTo("7MB");
            ana.rollback();
        }
    }

    /** Who is refused, and what for. */
    record Refused(String user, String password, String database, Map<String, String> options) {}

    static Stream<Refused> refused() {
        String right = TestServers.PASSWORD;
        return Stream.of(
                new Refused("ana", "wrong", "shop", Map.of()),
                new Refused("nobody_knows", right, "shop", Map.of()),
                new Refused("expired", right, "shop", Map.of()),
                new Refused("no_login", right, "shop", Map.of()),
                new Refused("no_password", right, "shop", Map.of()),
                new Refused("no_connections", right, "shop", Map.of()),
                new Refused("ana", right, "no_such_database", Map.of()),
                new Refused("ana", right, "closed", Map.of()),
                new Refused("ana", right, "private", Map.of()),
                new Refused("ana", right, "shop", Map.of("options", "-c no_such_setting=1")),
                new Refused("ana", right, "shop", Map.of("options", "-c work_mem=much")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aRefusalReadsAsTheServersOwn(Refused login) {
        TestServers servers = proxy.servers();
        String direct = servers.primary().jdbcUrl(login.database);
        SQLException expected = failure(direct, login);
        SQLException got = failure(proxy.url(login.database), login);
        assertThat(got.getSQLState()).as(got.getMessage()).isEqualTo(expected.getSQLState());
        assertThat(got.getMessage()).isEqualTo(expected.getMessage());
    }

    private static SQLException failure(String url, Refused login) {
        Properties properties = ProxyFixture.properties(login.user, login.options);
        properties.put("password", login.password);
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            throw new AssertionError("logged in: " + connection);
        } catch (SQLException e) {
            return e;
        }
    }
}
