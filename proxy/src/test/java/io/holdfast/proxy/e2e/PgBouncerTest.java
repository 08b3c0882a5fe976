package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The most common pooler, between clients and the proxy and between the proxy and the servers. */
@Timeout(120)
class PgBouncerTest {
    private static final String TRANSACTION = "transaction";

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    private static Connection connect(ListeningProgram bouncer, Map<String, String> options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + bouncer.port() + '/' + TestServers.DATABASE,
                ProxyFixture.properties("ana", options));
    }

    /** PgBouncer's poolers log in to the proxy by the same SCRAM secret as to a server. */
    private static ListeningProgram inFront(String mode) throws Exception {
        return PgBouncer.start(proxy.port(), List.of(PgBouncer.secret(proxy.servers(), "ana")), mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", TRANSACTION})
    void clientsOfAPoolInFrontReadWhatTheyWrote(String mode) throws Exception {
        String table = "bounced_" + mode;
        proxy.servers().execute("CREATE TABLE " + table + " (n int)");
        try (ListeningProgram bouncer = inFront(mode)) {
            for (int i = 1; i <= 20; i++) {
                // PgBouncer before 1.21 knows no prepared statements in transaction mode.
                try (Connection connection = connect(bouncer, Map.of("prepareThreshold", "0"))) {
                    Sql.run(connection, "INSERT INTO " + table + " VALUES (1)");
                    assertThat(Sql.number(connection, "SELECT count(*) FROM " + table))
                            .isEqualTo(i);
                    connection.setAutoCommit(false);
                    Sql.run(connection, "INSERT INTO " + table + " VALUES (2)");
                    connection.rollback();
                }
            }
        }
    }

    @Test
    void preparedStatementsAndCursorsWorkThroughASessionPool() throws Exception {
        try (ListeningProgram bouncer = inFront("session");
                Connection connection = connect(bouncer, Map.of("prepareThreshold", "1"));
                PreparedStatement select = connection.prepareStatement("SELECT generate_series(1, ?)")) {
            connection.setAutoCommit(false);
            select.setFetchSize(10);
            for (int i = 0; i < 3; i++) {
                select.setInt(1, 95);
                try (ResultSet rows = select.executeQuery()) {
                    assertThat(Sql.rows(rows)).hasSize(95);
                }
                connection.commit();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", TRANSACTION})
    void aStatementThatIsHeldWaitsBehindThePoolToo(String mode) throws Exception {
        String table = "precious_" + mode;
        proxy.servers().execute("CREATE TABLE " + table + " (n int)", "INSERT INTO " + table + " VALUES (1)");
        try (ListeningProgram bouncer = inFront(mode);
                Connection connection = connect(bouncer, Map.of());
                ConsoleClient cy = proxy.console("cy");
                ConsoleClient di = proxy.console("di")) {
            var truncate = Background.run(() -> Sql.run(connection, "TRUNCATE " + table));
            String hold = cy.awaitWaiting("TRUNCATE " + table);
            assertThat(proxy.servers().count(table)).isEqualTo(1);
            cy.approve(hold);
            di.approve(hold);
            truncate.result();
            assertThat(proxy.servers().count(table)).isZero();
        }
    }

    @Test
    void cancelReachesTheServerThroughAPoolInFront() throws Exception {
        try (ListeningProgram bouncer = inFront("session");
                Connection connection = connect(bouncer, Map.of());
                Statement statement = connection.createStatement()) {
            var sleeping = Background.run(() -> statement.execute("SELECT pg_sleep(60) /* bounced */"));
            Eventually.holds(() -> Activity.isRunning(proxy, "pg_sleep(60) /* bounced"));
            statement.cancel();
            Failure.of("57014", sleeping::result);
            assertThat(Sql.number(connection, "SELECT 1")).isEqualTo(1);
        }
    }

    /** A session's state is on its server, so the pool behind must be one of sessions; and it must know the SCRAM secrets. */
    @Test
    void aSessionPoolBehindTheProxyTakesThePlaceOfTheServer() throws Exception {
        TestServers servers = proxy.servers();
        servers.execute("CREATE TABLE behind (n int)");
        List<String> users = List.of(PgBouncer.secret(servers, "ana"), PgBouncer.secret(servers, "holdfast"));
        try (ListeningProgram bouncer = PgBouncer.start(servers.primary().port(), users, "session");
                ProxyFixture behind = ProxyFixture.builder()
                        .hosts(new HostPort("127.0.0.1", bouncer.port()))
                        .start();
                Connection connection = behind.connect("ana", Map.of("prepareThreshold", "1"))) {
            for (int i = 1; i <= 10; i++) {
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO behind VALUES (?)")) {
                    insert.setInt(1, i);
                    assertThat(insert.executeUpdate()).isEqualTo(1);
                }
                assertThat(Sql.number(connection, "SELECT count(*) FROM behind"))
                        .isEqualTo(i);
            }
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(1);
                Failure.of("57014", () -> statement.execute("SELECT pg_sleep(60)"));
            }
            assertThat(Sql.number(connection, "SELECT 1")).isEqualTo(1);
        }
    }
}
