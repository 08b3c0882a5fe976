package io.holdfast.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.HostPort;
import io.holdfast.postgres.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DemoClusterTest {
    private static DemoCluster demo;

    @BeforeAll
    static void start() throws IOException, SQLException {
        demo = DemoCluster.start(new DemoOptions(0, 0, 0, 0, null), InstantSource.system());
    }

    @AfterAll
    static void closeLeavesNoFile() {
        demo.close();
        assertThat(demo.folder()).doesNotExist();
    }

    @Test
    void shopHasAPastOnBothServers() throws SQLException {
        for (PostgresServer server :
                new PostgresServer[] {demo.servers().primary(), demo.servers().standby()}) {
            try (Connection connection = as("cy", server)) {
                assertThat(query(connection, "SELECT count(*) FROM customers")).isEqualTo("2000");
                assertThat(query(connection, "SELECT count(*) FROM orders")).isEqualTo("10000");
                assertThat(query(connection, "SELECT count(*) FROM order_items"))
                        .isEqualTo("25000");
                assertThat(query(connection, "SELECT count(*) > 9000 FROM payments"))
                        .isEqualTo("t");
            }
        }
    }

    @Test
    void developersMayTruncateAndOperatorsMayNot() throws SQLException {
        for (String developer : DemoLogins.DEVELOPERS) {
            try (Connection connection = as(developer, demo.servers().primary())) {
                connection.setAutoCommit(false);
                execute(connection, "TRUNCATE customers CASCADE");
                connection.rollback();
            }
        }
        for (String operator : DemoLogins.OPERATORS) {
            try (Connection connection = as(operator, demo.servers().primary())) {
                assertThatThrownBy(() -> execute(connection, "TRUNCATE customers CASCADE"))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void deletedOrderTakesItsItemsAlong() throws SQLException {
        try (Connection connection = as("ana", demo.servers().primary())) {
            connection.setAutoCommit(false);
            execute(connection, "DELETE FROM payments WHERE order_id = 7");
            execute(connection, "DELETE FROM orders WHERE id = 7");
            assertThat(query(connection, "SELECT count(*) FROM order_items WHERE order_id = 7"))
                    .isEqualTo("0");
            connection.rollback();
        }
    }

    @Test
    void proxysAccountReadsVerifiersOfOneLoginAtATimeAndTheShopsTablesToCountRows() throws SQLException {
        HoldfastConfig config = demo.config();
        try (Connection connection = as(DemoLogins.PROXY, demo.servers().standby());
                PreparedStatement lookup =
                        connection.prepareStatement(config.upstream().authQuery())) {
            lookup.setString(1, "ana");
            try (ResultSet rows = lookup.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("ana");
                assertThat(rows.getString(2)).startsWith("SCRAM-SHA-256$4096:");
                assertThat(rows.next()).isFalse();
            }
            assertThatThrownBy(() -> query(connection, "SELECT count(*) FROM pg_authid"))
                    .hasMessageContaining("permission denied");
            assertThatCode(() -> query(connection, "SELECT count(*) FROM customers"))
                    .doesNotThrowAnyException();
            assertThat(query(connection, "SELECT has_table_privilege('customers', 'INSERT, UPDATE, DELETE, TRUNCATE')"))
                    .isEqualTo("f");
        }
    }

    @Test
    void nobodyElseMayCallTheLookup() throws SQLException {
        try (Connection connection = as("ana", demo.servers().primary())) {
            assertThatThrownBy(() -> query(connection, "SELECT holdfast.lookup('bo')"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void expiredVerifierIsNone() throws SQLException {
        try (Connection connection = demo.servers().primary().connect(ShopDatabase.NAME)) {
            execute(connection, "CREATE ROLE gone LOGIN PASSWORD 'x' VALID UNTIL '2001-01-01'");
            assertThat(query(connection, "SELECT verifier IS NULL FROM holdfast.lookup('gone')"))
                    .isEqualTo("t");
        }
    }

    @Test
    void configurationNamesBothServersAndTwoApprovers() {
        HoldfastConfig config = demo.config();

        assertThat(config.upstream().hosts())
                .containsExactly(
                        new HostPort("127.0.0.1", demo.servers().primary().port()),
                        new HostPort("127.0.0.1", demo.servers().standby().port()));
        assertThat(config.people())
                .filteredOn(person -> person.approves())
                .extracting(person -> person.name())
                .containsExactly("cy", "di");
        assertThat(config.protect().holds().approvals()).isEqualTo(2);
    }

    private static Connection as(String role, PostgresServer server) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl(ShopDatabase.NAME), role, demo.logins().password(role));
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
