package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool keeps its connections, whatever Holdfast says on them. */
@Timeout(120)
class HikariTest {
    private static final int THREADS = 12;
    private static final int ROUNDS = 25;

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    @Test
    void manyThreadsShareFewConnections() throws Exception {
        proxy.servers().execute("CREATE TABLE pooled (worker int, n int)");
        try (Pool pool = Pool.open(proxy, 4)) {
            List<Background<Integer>> workers = IntStream.range(0, THREADS)
                    .mapToObj(worker -> Background.run(() -> work(pool, worker)))
                    .toList();
            for (Background<Integer> worker : workers) {
                assertThat(worker.result()).isEqualTo(ROUNDS);
            }
            assertThat(pool.connections()).isLessThanOrEqualTo(4);
            assertThat(pool.borrowed()).isZero();
        }
        assertThat(proxy.servers().count("pooled")).isEqualTo(2L * THREADS * ROUNDS);
    }

    private static int work(Pool pool, int worker) throws SQLException {
        String mine = "SELECT count(*) FROM pooled WHERE worker = " + worker;
        for (int n = 0; n < ROUNDS; n++) {
            try (Connection connection = pool.borrow()) {
                Sql.run(connection, "INSERT INTO pooled VALUES (" + worker + ", " + n + ")");
                assertThat(Sql.number(connection, mine)).as("its own write").isEqualTo(2L * n + 1);
            }
            try (Connection connection = pool.borrow()) {
                connection.setAutoCommit(false);
                Sql.run(connection, "INSERT INTO pooled VALUES (" + worker + ", " + n + ")");
                assertThat(Sql.number(connection, mine)).isEqualTo(2L * n + 2);
                connection.commit();
            }
            try (Connection connection = pool.borrow()) {
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                assertThat(Sql.number(connection, "SELECT count(*) FROM products"))
                        .isEqualTo(200);
                connection.rollback();
            }
        }
        return ROUNDS;
    }

    @Test
    void whatABorrowerChangesIsGoneForTheNext() throws SQLException {
        proxy.servers().execute("CREATE TABLE pool_reset (n int)");
        try (Pool pool = Pool.open(proxy, 1)) {
            try (Connection first = pool.borrow()) {
                first.setReadOnly(true);
                first.setAutoCommit(false);
                first.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                first.setSchema("holdfast");
                assertThat(Sql.onFollower(first)).isTrue();
                Failure.of("25006", () -> Sql.run(first, "INSERT INTO public.pool_reset VALUES (1)"));
            }
            try (Connection second = pool.borrow()) {
                assertThat(Sql.run(second, "INSERT INTO pool_reset VALUES (2)")).isEqualTo(1);
                second.setAutoCommit(false);
                Sql.run(second, "INSERT INTO pool_reset VALUES (3)");
            }
            try (Connection third = pool.borrow()) {
                assertThat(Sql.rows(third, "SELECT n FROM pool_reset"))
                        .as("what was not committed has been rolled back")
                        .containsExactly("2");
                assertThat(Sql.text(third, "SHOW transaction_isolation")).isEqualTo("read committed");
            }
            assertThat(pool.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "SELECT 1")
    void aConnectionIsFoundAliveBeforeAndAfterEitherServerWasUsed(@Nullable String testQuery) throws SQLException {
        try (Pool pool = Pool.open(proxy, 1, config -> config.setConnectionTestQuery(testQuery))) {
            for (int n = 0; n < 3; n++) {
                try (Connection connection = pool.borrow()) {
                    assertThat(connection.isValid(10)).isTrue();
                    assertThat(Sql.number(connection, "SELECT count(*) FROM products"))
                            .isEqualTo(200);
                    assertThat(Sql.run(connection, "INSERT INTO events (kind) VALUES ('pool')"))
                            .isEqualTo(1);
                    connection.setAutoCommit(false);
                    assertThat(connection.isValid(10)).isTrue();
                }
            }
            assertThat(pool.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRANSACTION_REPEATABLE_READ", "TRANSACTION_SERIALIZABLE"})
    void settingsOfThePoolHoldOnEveryServer(String isolation) throws SQLException {
        String expected = isolation.substring("TRANSACTION_".length()).replace('_', ' ');
        try (Pool pool = Pool.open(proxy, 1, config -> {
            config.setTransactionIsolation(isolation);
            config.setSchema("holdfast");
            config.setConnectionInitSql("SET TimeZone = 'Asia/Tokyo'");
        })) {
            for (boolean autoCommit : new boolean[] {true, false, true}) {
                try (Connection connection = pool.borrow()) {
                    connection.setAutoCommit(autoCommit);
                    assertThat(Sql.number(connection, "SELECT count(*) FROM public.products"))
                            .isEqualTo(200);
                    boolean onFollower = autoCommit && !isolation.equals("TRANSACTION_SERIALIZABLE");
                    // Behind a transaction, once the follower is known to have what that has shown.
                    Eventually.holds(() -> Sql.onFollower(connection) == onFollower);
                    assertThat(Sql.text(connection, "SHOW transaction_isolation"))
                            .isEqualToIgnoringCase(expected);
                    assertThat(Sql.text(connection, "SHOW search_path")).isEqualTo("holdfast");
                    assertThat(Sql.text(connection, "SHOW TimeZone")).isEqualTo("Asia/Tokyo");
                }
            }
            assertThat(pool.connections()).isEqualTo(1);
        }
    }

    @Test
    void aDenialLeavesTheConnectionInThePool() throws Exception {
        proxy.servers().execute("CREATE TABLE pool_denied AS SELECT 1 AS n");
        try (Pool pool = Pool.open(proxy, 1);
                ConsoleClient cy = proxy.console("cy")) {
            try (Connection connection = pool.borrow()) {
                var held = Background.run(() -> Sql.run(connection, "TRUNCATE pool_denied"));
                cy.deny(cy.awaitWaiting("TRUNCATE pool_denied"), "no");
                Failure.of("PW001", held::result);
                assertThat(Sql.number(connection, "SELECT count(*) FROM pool_denied"))
                        .isEqualTo(1);
            }
            try (Connection connection = pool.borrow()) {
                connection.setAutoCommit(false);
                Sql.run(connection, "INSERT INTO pool_denied VALUES (2)");
                Failure.of("PW004", () -> Sql.run(connection, "TRUNCATE pool_denied"));
                connection.rollback();
            }
            try (Connection connection = pool.borrow()) {
                assertThat(Sql.run(connection, "INSERT INTO pool_denied VALUES (3)"))
                        .isEqualTo(1);
            }
            assertThat(pool.connections()).isEqualTo(1);
            assertThat(pool.borrowed()).isZero();
        }
        assertThat(proxy.servers().count("pool_denied")).isEqualTo(2);
    }
}
