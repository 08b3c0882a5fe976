package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.testing.ClientProgram;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients can ask the proxy where it sent them, and why. */
@Timeout(120)
class OwnShowTest {
    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
    void jdbcLikesTheAnswer(String mode) throws SQLException {
        try (Connection ana = proxy.connect("ana", Map.of("preferQueryMode", mode, "prepareThreshold", "2"));
                PreparedStatement show = ana.prepareStatement("SHOW holdfast.route")) {
            for (int i = 0; i < 5; i++) {
                Sql.run(ana, "SELECT 1");
                assertRoute(show, "follower", "SELECT", "reads only");
                ana.setAutoCommit(false);
                Sql.run(ana, "SELECT 1");
                assertRoute(show, "primary", "SELECT", "in a transaction, which stays on the server where it began");
                ana.commit();
                ana.setAutoCommit(true);
                Eventually.holds(() -> Sql.onFollower(ana));
            }
        }
    }

    private static void assertRoute(PreparedStatement show, String role, String command, String why)
            throws SQLException {
        try (ResultSet row = show.executeQuery()) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString("role")).isEqualTo(role);
            assertThat(row.getString("commands")).isEqualTo(command);
            assertThat(row.getString("why")).isEqualTo(why);
            assertThat(row.getString("duration")).matches("\\d+\\.\\d{3} ms");
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void psqlLikesTheAnswer() throws Exception {
        String shown = ClientProgram.run(ClientProgram.installed("psql"), proxy.port(), """
                SET work_mem = '8MB';
                LISTEN own_show;
                \\x
                INSERT INTO events (kind) VALUES ('visit');
                SELECT count(*) FROM orders;
                SHOW holdfast.route;
                SHOW holdfast.session;
                """, "-X", "-d", "shop");
        assertThat(shown)
                .contains("why      | listens on own_show")
                .contains("pinned      | listens on own_show")
                .contains("settings    | SET work_mem = '8MB'");
    }
}
