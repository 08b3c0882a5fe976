package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.CiConfig;
import io.holdfast.config.CiConfig.CiRule;
import io.holdfast.config.CiConfig.Mode;
import io.holdfast.config.CiConfig.Silence;
import io.holdfast.config.ClientCertificates.Demand;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.When;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestAuthority;
import io.holdfast.proxy.testing.TestAuthority.Issued;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.TlsSockets;
import io.holdfast.proxy.testing.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients with and without TLS certificates, at proxies that ask for them. */
@Timeout(120)
class ClientCertificatesTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("CN=clients,O=Example");
    private static final TestAuthority ANOTHER = TestAuthority.create("CN=strangers");

    private static final Issued ANA = AUTHORITY.issue("CN=ana,OU=people,O=Example");
    private static final Issued RUNNER = AUTHORITY.issue("CN=runner-7,OU=ci,O=Example");
    private static final Issued INTERN = AUTHORITY.issue("CN=intern-3,O=Example");

    /** Asks, and knows runners and interns by what they show. */
    @AutoClose
    private static final ProxyFixture optional = ProxyFixture.builder()
            .clientCertificates(AUTHORITY.demanding(Demand.OPTIONAL))
            .ci(new CiConfig(
                    Mode.NORMAL,
                    List.of(),
                    true,
                    List.of(new CiRule("runners", List.of(), Set.of(), List.of(), List.of("/O=Example/OU=ci/*"))),
                    Silence.TRUST,
                    null,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10)))
            .rules(new RuleConfig(
                    "interns only read",
                    new When(
                                    Set.of("write"),
                                    Set.of(),
                                    List.of(),
                                    List.of(),
                                    false,
                                    Set.of(),
                                    Set.of(),
                                    Set.of(),
                                    Set.of(),
                                    List.of())
                            .certified(List.of("intern-*")),
                    new Action.Refuse("ask somebody who has been here for longer")))
            .start();

    @AutoClose
    private static final ProxyFixture verifyCa = ProxyFixture.builder()
            .clientCertificates(AUTHORITY.demanding(Demand.VERIFY_CA))
            .start();

    @AutoClose
    private static final ProxyFixture verifyFull = ProxyFixture.builder()
            .clientCertificates(AUTHORITY.demanding(Demand.VERIFY_FULL))
            .start();

    /** What does not do. */
    static Stream<Issued> unacceptable() {
        return Stream.of(ANOTHER.issue("CN=ana"), AUTHORITY.issueExpired("CN=ana"), AUTHORITY.selfSigned("CN=ana"));
    }

    @Test
    void psqlGetsInWithAGoodCertificate() throws Exception {
        for (ProxyFixture proxy : List.of(optional, verifyCa, verifyFull)) {
            assertThat(psql(proxy, "sslmode=verify-full " + ANA.libpq())).isEqualTo("0 42\n");
        }
    }

    @Test
    void psqlWithoutOneIsToldInPostgresqlsWords() throws Exception {
        for (ProxyFixture proxy : List.of(verifyCa, verifyFull)) {
            assertThat(psql(proxy, "sslmode=verify-full sslcert=/none"))
                    .startsWith("2 ")
                    .contains("FATAL:  connection requires a valid client certificate\nHINT:  Connect with sslcert");
            assertThat(psql(proxy, "sslmode=disable"))
                    .startsWith("2 ")
                    .contains("FATAL:  connection rejected: no encryption");
        }
        assertThat(psql(optional, "sslmode=verify-full sslcert=/none")).isEqualTo("0 42\n");
        assertThat(psql(optional, "sslmode=disable")).isEqualTo("0 42\n");
    }

    @ParameterizedTest
    @MethodSource("unacceptable")
    void psqlDoesNotGetInWithABadOneWhetherOneIsDemandedOrNot(Issued bad) throws Exception {
        for (ProxyFixture proxy : List.of(optional, verifyCa)) {
            assertThat(psql(proxy, "sslmode=verify-full " + bad.libpq()))
                    .startsWith("2 ")
                    .doesNotContain("42\n");
        }
    }

    @ParameterizedTest
    @MethodSource("unacceptable")
    void pgjdbcDoesNotGetInWithABadOne(Issued bad) {
        // Of an authority that the server does not name it shows none; what has expired it shows.
        SQLException refused = Failure.refused(() -> verifyCa.connect("ana", bad.jdbc()));
        assertThat(refused.getSQLState()).matches("28000|08...");
    }

    @Test
    void pgjdbcGetsInWithAGoodOneOnly() throws SQLException {
        for (ProxyFixture proxy : List.of(optional, verifyCa, verifyFull)) {
            try (Connection ana = proxy.connect("ana", ANA.jdbc())) {
                assertThat(Sql.number(ana, "SELECT 42")).isEqualTo(42);
            }
        }
        assertThat(Failure.of("28000", () -> verifyCa.connect("ana", Map.of("sslmode", "require")))
                        .getMessage())
                .contains("connection requires a valid client certificate");
        Failure.of("28000", () -> verifyCa.connect("ana", Map.of("sslmode", "disable")));
    }

    @Test
    void withVerifyFullTheNameMustBeTheUsers() throws SQLException {
        assertThat(Failure.of("28000", () -> verifyFull.connect("bo", ANA.jdbc()))
                        .getMessage())
                .contains("FATAL: certificate authentication failed for user \"bo\"")
                .contains("Hint: The common name in the client's certificate must be the user's name.");
        try (Connection bo = verifyCa.connect("bo", ANA.jdbc())) {
            assertThat(Sql.text(bo, "SELECT session_user")).isEqualTo("bo");
        }
    }

    @Test
    void aCertificateIsNoPassword() {
        var options = new HashMap<>(ANA.jdbc());
        options.put("password", "wrong");
        Failure.of("28P01", () -> verifyFull.connect("ana", options));
    }

    @Test
    void theConsoleDemandsOneToo() throws SQLException {
        Failure.of("28000", () -> verifyCa.console("cy"));
    }

    @Test
    void aRunnerIsKnownByItsCertificateAndKeptAway() throws Exception {
        assertThat(Failure.of("PW008", () -> optional.connect("ana", RUNNER.jdbc()))
                        .getMessage())
                .contains("Detail: Taken for CI by rule \"runners\": certificate \"/O=Example/OU=ci/CN=runner-7\". The"
                        + " configuration calls its server production.");
        Eventually.holds(() -> Files.readString(optional.audit())
                .contains("\"certificate\":\"/O=Example/OU=ci/CN=runner-7\",\"rule\":\"ci: runners\""));
        optional.connect("ana", ANA.jdbc()).close();
    }

    @Test
    void aRuleGoesByTheCertificate() throws SQLException {
        optional.servers().execute("CREATE TABLE certified (n int)");
        try (Connection intern = optional.connect("ana", INTERN.jdbc());
                Connection ana = optional.connect("ana", ANA.jdbc());
                Connection nobody = optional.connect("ana")) {
            String insert = "INSERT INTO certified VALUES (1)";
            assertThat(Failure.of("PW003", () -> Sql.run(intern, insert)).getMessage())
                    .contains("refused by rule \"interns only read\"")
                    .contains("ask somebody who has been here for longer");
            assertThat(Sql.run(ana, insert)).isEqualTo(1);
            assertThat(Sql.run(nobody, insert)).isEqualTo(1);
        }
    }

    @Test
    void peopleSeeWhoseCertificateItIs() throws Exception {
        optional.servers().execute("CREATE TABLE seen_certified (n int)");
        try (Connection ana = optional.connect("ana", ANA.jdbc());
                ConsoleClient cy = optional.console("cy")) {
            String subject = "/O=Example/OU=people/CN=ana";
            assertThat(cy.rows("SHOW SESSIONS")).anyMatch(row -> row.endsWith('|' + subject));
            Sql.run(ana, "INSERT INTO seen_certified VALUES (1)");

            Background<Integer> held = Background.run(() -> Sql.run(ana, "TRUNCATE seen_certified"));
            String id = cy.awaitWaiting("TRUNCATE seen_certified");
            assertThat(cy.rows("SHOW HOLD " + id)).contains("certificate|" + subject);
            cy.deny(id, "no");
            Failure.of("PW001", held::result);

            for (String kind : List.of("forwarded", "held")) {
                Eventually.holds(() -> Files.readAllLines(optional.audit()).stream()
                        .anyMatch(line -> line.contains("\"certificate\":\"" + subject + '"')
                                && line.contains("seen_certified")
                                && line.contains("\"kind\":\"" + kind + '"')));
            }
        }
    }

    @Test
    void itReadsAsTheServerItselfShowsIt() throws Exception {
        TestServers servers = optional.servers();
        String subject = "CN=a\\,b/c+UID=47,OU=Größe,O=Example,C=DE";
        Issued odd = AUTHORITY.issue(subject);
        servers.administer(
                "SELECT lo_from_bytea(424242, '\\x" + HexFormat.of().formatHex(Files.readAllBytes(AUTHORITY.file()))
                        + "')",
                "SELECT lo_export(424242, 'clients.pem')",
                "SELECT lo_unlink(424242)",
                "ALTER SYSTEM SET ssl_ca_file = 'clients.pem'",
                "SELECT pg_reload_conf()");
        try {
            Eventually.holds(() -> {
                try (Connection ana = direct(servers, odd)) {
                    return Sql.text(ana, CLIENT_DN) != null;
                }
            });
            try (Connection direct = direct(servers, odd);
                    Connection ana = optional.connect("ana", odd.jdbc());
                    ConsoleClient cy = optional.console("cy")) {
                String shown = Sql.text(direct, CLIENT_DN);
                assertThat(Sql.number(ana, "SELECT 1")).isEqualTo(1);
                assertThat(shown).contains("/OU=Gr");
                assertThat(cy.rows("SHOW SESSIONS"))
                        .as("but for the slash within a value: %s", shown)
                        .anyMatch(row -> row.replace("\\2F", "/").endsWith('|' + shown));
            }
        } finally {
            servers.administer("ALTER SYSTEM RESET ssl_ca_file", "SELECT pg_reload_conf()");
        }
    }

    private static final String CLIENT_DN = "SELECT client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

    private static Connection direct(TestServers servers, Issued certificate) throws SQLException {
        return DriverManager.getConnection(
                servers.primary().jdbcUrl(TestServers.DATABASE), ProxyFixture.properties("ana", certificate.jdbc()));
    }

    @Test
    void directTlsShowsItToo() throws Exception {
        try (WireClient client = new WireClient(TlsSockets.direct(ANA.context(), verifyFull.port()))) {
            login(client);
        }
        try (WireClient client = new WireClient(TlsSockets.direct(TlsSockets.context(), verifyFull.port()))) {
            client.startup("ana", "direct");
            assertThat(client.readUntilClosed()).extracting(Frame::code).containsExactly("28000");
        }
    }

    @Test
    void aResumedTlsSessionStillHasIt() throws Exception {
        SSLContext remembering = ANA.context();
        for (int i = 0; i < 3; i++) {
            try (WireClient client = new WireClient(TlsSockets.asked(remembering, verifyFull.port()))) {
                login(client);
            }
        }
    }

    /** How a CancelRequest comes: libpq's from version 17 on as the session itself, older ones in clear. */
    private interface Way {
        Socket open(int port) throws Exception;
    }

    @Test
    void aCancelRequestIsTakenWithACertificateWithoutOneAndInClear() throws Exception {
        List<Way> ways = List.of(
                port -> TlsSockets.asked(ANA.context(), port),
                port -> TlsSockets.direct(ANA.context(), port),
                port -> TlsSockets.asked(TlsSockets.context(), port),
                port -> new Socket(InetAddress.getLoopbackAddress(), port));
        for (int i = 0; i < ways.size(); i++) {
            try (WireClient client = new WireClient(TlsSockets.asked(ANA.context(), verifyFull.port()))) {
                byte[] key = login(client);
                String sleep = "SELECT pg_sleep(60), 'cancelled in way " + i + '\'';
                client.query(sleep);
                String text = "cancelled in way " + i;
                Eventually.holds(() -> Activity.isRunning(verifyFull, text));
                try (Socket other = ways.get(i).open(verifyFull.port())) {
                    other.getOutputStream()
                            .write(WireClient.bytes(out -> FrontendWriter.cancelRequest(
                                    out, ByteBuffer.wrap(key).getInt(), Arrays.copyOfRange(key, 4, key.length))));
                    other.getOutputStream().flush();
                    other.getInputStream().read();
                }
                assertThat(client.readUntil('Z'))
                        .filteredOn(frame -> frame.type() == 'E')
                        .extracting(Frame::code)
                        .containsExactly("57014");
            }
        }
    }

    /** Gives the BackendKeyData. */
    private static byte[] login(WireClient client) throws IOException {
        client.startup("ana", "raw");
        client.authenticate();
        return client.readUntil('Z').stream()
                .filter(frame -> frame.type() == 'K')
                .findFirst()
                .orElseThrow()
                .body();
    }

    /** Exit code and all that psql has written. */
    private static String psql(ProxyFixture proxy, String connection) throws Exception {
        String options = "dbname=shop " + connection + " sslrootcert="
                + proxy.servers().certificate().certificate();
        try (ClientProgram psql = ClientProgram.start(
                ClientProgram.installed("psql"), proxy.port(), "", "-XAtqd", options, "-c", "SELECT 6 * 7")) {
            String output = psql.output();
            return psql.exitCode() + " " + output;
        }
    }
}
