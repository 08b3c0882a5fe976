package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.proxy.audit.AuditReader;
import io.holdfast.proxy.audit.AuditRecord;
import io.holdfast.proxy.cli.AuditLine;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an approved TRUNCATE has emptied is there again on a server that is recovered to where its hold says. */
@Timeout(240)
class RestorePointTest {
    private static final String GRANT = "GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO holdfast";
    private static final String REVOKE = "REVOKE EXECUTE ON FUNCTION pg_create_restore_point(text) FROM holdfast";

    @AutoClose
    private final TestServers servers = TestServers.start();

    @AutoClose
    private final ProxyFixture proxy =
            ProxyFixture.builder().servers(servers).admin().start();

    @BeforeEach
    void createTable() throws Exception {
        servers.execute("CREATE TABLE precious AS SELECT generate_series(1, 1000) AS n");
    }

    @Test
    void aBackupIsRestoredToTheRestorePointByItsName() throws Exception {
        servers.administer(GRANT);
        String id = truncate();

        JsonNode released = recorded(id).path("restore_point");
        String name = released.path("name").asText();
        assertThat(name).startsWith("holdfast-" + id + '-');
        String undo = "restore a backup to restore point " + name + " (recovery_target_name), or to LSN "
                + released.path("lsn").asText() + " (recovery_target_lsn, with recovery_target_inclusive = off), ";
        assertThat(released.path("undo").asText()).startsWith(undo);
        try (ConsoleClient cy = proxy.console("cy")) {
            assertThat(cy.rows("SHOW HOLD " + id)).anyMatch(row -> row.startsWith("to undo|" + undo));
        }
        JsonNode shown = api(id).path("restore_point");
        assertThat(shown.path("kind").asText()).isEqualTo("named");
        assertThat(shown.path("name").asText()).isEqualTo(name);
        assertThat(shown.path("undo")).isEqualTo(released.path("undo"));
        assertThat(servers.primary().logTail()).contains("restore point \"" + name + "\" created at");

        recover("ALTER SYSTEM SET recovery_target_name = '" + name + '\'');
    }

    @Test
    void anAccountThatMayNotStillKnowsTheLsnToRestoreTo() throws Exception {
        servers.administer(REVOKE);
        String id = truncate();

        JsonNode released = recorded(id).path("restore_point");
        assertThat(released.has("name")).isFalse();
        assertThat(released.path("why").asText()).contains("permission denied");
        assertThat(api(id).path("restore_point").path("kind").asText()).isEqualTo("position");

        recover(
                "ALTER SYSTEM SET recovery_target_lsn = '"
                        + released.path("lsn").asText() + '\'',
                "ALTER SYSTEM SET recovery_target_inclusive = off");
    }

    /** Approved by two, while the standby stands still: it is the backup. */
    private String truncate() throws Exception {
        servers.awaitReplay();
        servers.pauseReplay();
        try (Connection ana = proxy.connect("ana");
                ConsoleClient cy = proxy.console("cy");
                ConsoleClient di = proxy.console("di")) {
            var waiting = Background.run(() -> Sql.run(ana, "TRUNCATE precious"));
            String id = cy.awaitWaiting("TRUNCATE precious");
            cy.approve(id);
            di.approve(id);
            waiting.result();
            cy.awaitHold("TRUNCATE precious", "executed");
            assertThat(servers.count("precious")).isZero();
            return id;
        }
    }

    /** Has the standby replay everything up to the target, where it pauses. */
    private void recover(String... target) throws Exception {
        try (Connection standby = servers.follower().connect(TestServers.DATABASE)) {
            for (String setting : target) {
                Sql.run(standby, setting);
            }
        }
        servers.follower().restart();
        try (Connection standby = servers.follower().connect(TestServers.DATABASE)) {
            Eventually.holds(() -> "paused".equals(Sql.text(standby, "SELECT pg_get_wal_replay_pause_state()")));
            assertThat(Sql.number(standby, "SELECT count(*) FROM precious")).isEqualTo(1_000);
        }
    }

    /** The entry {@code released}, which people read with its way to undo it. */
    private JsonNode recorded(String id) throws Exception {
        try (AuditReader reader = AuditReader.open(proxy.audit())) {
            for (AuditRecord entry = reader.next(); entry != null; entry = reader.next()) {
                if (entry.kind().equals("released")
                        && entry.field("hold").orElse("").equals(id)) {
                    assertThat(AuditLine.of(entry))
                            .endsWith("  to undo: "
                                    + entry.json()
                                            .path("restore_point")
                                            .path("undo")
                                            .asText());
                    return entry.json();
                }
            }
        }
        throw new AssertionError("no entry says that " + id + " was released");
    }

    private JsonNode api(String id) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + proxy.adminPort() + "/api/holds/" + id);
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer hf_cy")
                    .build();
            return new ObjectMapper()
                    .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }
}
