package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.CiConfig;
import io.holdfast.config.CiConfig.Mode;
import io.holdfast.config.CiConfig.Silence;
import io.holdfast.config.HostPort;
import io.holdfast.config.Protect.Preset;
import io.holdfast.config.Upstream.Environment;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxy of a CI job: nobody gets to anything but a local database, and nothing is held there. */
@Timeout(120)
class LocalOnlyTest {
    private static TestServers servers;
    private static ProxyFixture proxy;

    @BeforeAll
    static void open() {
        servers = TestServers.start(0);
        proxy = localOnly(
                Silence.TRUST, new HostPort("localhost", servers.primary().port()));
    }

    @AfterAll
    static void close() {
        proxy.close();
        servers.close();
    }

    @Test
    void whatDestroysRunsAtOnceAndIsOnRecord() throws Exception {
        servers.execute("CREATE TABLE latest_test (n int)", "INSERT INTO latest_test VALUES (1)");
        try (Connection suite = proxy.connect("ana", Map.of("ApplicationName", "rspec"))) {
            Sql.run(suite, "TRUNCATE latest_test");
            Sql.run(suite, "DROP TABLE latest_test");
        }
        Eventually.holds(() -> {
            String audit = Files.readString(proxy.audit());
            return audit.contains("TRUNCATE latest_test") && audit.contains("\"rule\":\"local-only\"");
        });
    }

    @Test
    void aTunnelToADatabaseThatSaysWhatItIsIsRefusedToEverybody() throws SQLException {
        servers.administer(
                "CREATE DATABASE tunnelled", "ALTER DATABASE tunnelled SET holdfast.environment = 'staging'");
        try {
            SQLException refusal = Failure.of("PW008", () -> connect(proxy, "tunnelled"));
            assertThat(refusal.getMessage())
                    .contains(
                            "connection refused: this proxy serves local databases only, and database \"tunnelled\" is"
                                    + " staging")
                    .contains("Setting holdfast.environment of database \"tunnelled\" says \"staging\".");
            assertThatThrownBy(() -> localOnly(Silence.TRUST, servers.hosts().getFirst()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(
                            "mode local-only: this proxy serves local databases only, and database \"shop\" is"
                                    + " staging. Setting holdfast.environment of database \"tunnelled\" says \"staging\".");
        } finally {
            servers.administer("DROP DATABASE tunnelled");
        }
        Eventually.holds(() -> {
            try (Connection ana = proxy.connect("ana")) {
                return ana.isValid(5);
            } catch (SQLException e) {
                return !"PW008".equals(e.getSQLState());
            }
        });
    }

    @Test
    void aServerElsewhereIsNotStartedFor() {
        assertThatThrownBy(() -> localOnly(Silence.TRUST, new HostPort("192.0.2.1", 5432)))
                .hasMessageContaining(
                        "mode local-only: this proxy serves local databases only, and server 192.0.2.1:5432 is"
                                + " not on this machine; if that is a network of containers, list it: local-networks: [192.0.0.0/16]");
        assertThatThrownBy(() -> localOnly(Silence.TRUST, new HostPort("no-such-host.invalid", 5432)))
                .hasMessageContaining("no-such-host.invalid:5432 cannot be resolved, so it is not known to be local");
    }

    @Test
    void silenceCanBeRefused() {
        assertThatThrownBy(() -> localOnly(Silence.REFUSE, servers.hosts().getFirst()))
                .hasMessageContaining(
                        "database \"shop\" is not known to be local. It does not say what it is. ALTER DATABASE"
                                + " shop SET holdfast.environment = 'local' makes it say so.");
    }

    private static Connection connect(ProxyFixture through, String database) throws SQLException {
        return DriverManager.getConnection(
                through.url(database), ProxyFixture.properties("ana", Map.of("ApplicationName", "psql")));
    }

    private static ProxyFixture localOnly(Silence silence, HostPort host) {
        return ProxyFixture.builder()
                .servers(servers)
                .hosts(host)
                .environment(Environment.LOCAL)
                .preset(Preset.LOCAL_ONLY)
                .ci(new CiConfig(
                        Mode.LOCAL_ONLY,
                        List.of(),
                        true,
                        List.of(),
                        silence,
                        null,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10)))
                .start();
    }
}
