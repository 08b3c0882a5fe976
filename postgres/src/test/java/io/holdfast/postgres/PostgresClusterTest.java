package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresClusterTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static PostgresCluster cluster;

    @BeforeAll
    static void start() {
        cluster = PostgresCluster.builder().standbys(1).start();
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void standbyIsInRecoveryAndPrimaryIsNot() throws SQLException {
        assertThat(query(cluster.primary(), "SELECT pg_is_in_recovery()")).isEqualTo("f");
        assertThat(query(cluster.standby(), "SELECT pg_is_in_recovery()")).isEqualTo("t");
    }

    @Test
    void rowWrittenOnThePrimaryArrivesAtTheStandby() throws SQLException {
        execute(cluster.primary(), "CREATE TABLE arrival (note text)", "INSERT INTO arrival VALUES ('here')");

        cluster.awaitReplay(LIMIT);

        assertThat(query(cluster.standby(), "SELECT note FROM arrival")).isEqualTo("here");
    }

    @Test
    void standbyFollowsAgainAfterThePrimaryCrashed() throws SQLException {
        execute(cluster.primary(), "CREATE TABLE crash (note text)");

        cluster.primary().kill();
        assertThat(cluster.primary().isRunning()).isFalse();
        assertThatThrownBy(() -> cluster.primary().connect("postgres")).isInstanceOf(SQLException.class);
        cluster.primary().start();
        execute(cluster.primary(), "INSERT INTO crash VALUES ('after')");

        cluster.awaitReplay(LIMIT);
        assertThat(query(cluster.standby(), "SELECT note FROM crash")).isEqualTo("after");
    }

    @Test
    void standbyCatchesUpWithWhatItMissedWhileItWasDown() throws SQLException {
        cluster.standby().stop(PostgresServer.Mode.FAST);
        execute(cluster.primary(), "CREATE TABLE missed (note text)", "INSERT INTO missed VALUES ('caught up')");
        cluster.standby().start();

        cluster.awaitReplay(LIMIT);

        assertThat(query(cluster.standby(), "SELECT note FROM missed")).isEqualTo("caught up");
    }

    @Test
    void restartKeepsThePort() throws SQLException {
        int port = cluster.standby().port();

        cluster.standby().restart();

        assertThat(cluster.standby().port()).isEqualTo(port);
        assertThat(query(cluster.standby(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void textIsUtf8AndOrderedByCodePoint() throws SQLException {
        assertThat(query(cluster.primary(), "SHOW server_encoding")).isEqualTo("UTF8");
        assertThat(query(cluster.primary(), "SELECT 'a' < 'B'")).isEqualTo("f");
        assertThat(query(cluster.primary(), "SELECT length('é')")).isEqualTo("1");
    }

    @Test
    void startingARunningServerIsRefused() {
        assertThatThrownBy(() -> cluster.primary().start()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void logTailShowsWhatTheServerSaid() {
        assertThat(cluster.primary().logTail()).contains("ready to accept connections");
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(PostgresServer server, String... commands) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }
}
