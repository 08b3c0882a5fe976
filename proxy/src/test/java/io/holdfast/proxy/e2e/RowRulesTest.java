package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.config.Counting;
import io.holdfast.config.HostPort;
import io.holdfast.config.Protect.Preset;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.When;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules for more than so many rows, with real servers to count them. */
@Timeout(240)
class RowRulesTest {
    private static final TestServers servers = TestServers.shared();
    private static final int VERSION = Integer.getInteger(TestServers.VERSION, 18);
    private static final Counting COUNTING = new Counting(Counting.Where.FOLLOWER, Duration.ofSeconds(10));

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder()
            .preset(Preset.OBSERVE)
            .rules(over(10, "rr_*", new Action.Refuse("too many")))
            .counting(COUNTING)
            .start();

    private static RuleConfig over(long rows, String table, Action then) {
        When when = new When(
                Set.of(),
                Set.of(),
                List.of(table, "public." + table),
                List.of(),
                false,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of());
        return new RuleConfig("many", when.over(rows), then);
    }

    @BeforeAll
    static void createTables() throws SQLException {
        servers.execute(
                "CREATE TABLE rr_area (id int, part int, name text, marked boolean, PRIMARY KEY (part, id))",
                "INSERT INTO rr_area SELECT n, n % 2, 'area ' || n, false FROM generate_series(1, 100) n",
                // Each area has two shelves, each shelf two boxes, and a label refers to each box.
                "CREATE TABLE rr_shelf (id int PRIMARY KEY, a int, p int,"
                        + " FOREIGN KEY (p, a) REFERENCES rr_area (part, id) ON DELETE CASCADE ON UPDATE CASCADE)",
                "INSERT INTO rr_shelf SELECT n, (n + 1) / 2, ((n + 1) / 2) % 2 FROM generate_series(1, 200) n",
                "CREATE TABLE rr_box (id int PRIMARY KEY, shelf int REFERENCES rr_shelf ON DELETE CASCADE)",
                "INSERT INTO rr_box SELECT n, (n + 1) / 2 FROM generate_series(1, 400) n",
                "CREATE TABLE rr_label (id int PRIMARY KEY, box int REFERENCES rr_box ON DELETE SET NULL)",
                "INSERT INTO rr_label SELECT n, n FROM generate_series(1, 400) n",
                "CREATE TABLE rr_node (id int PRIMARY KEY, parent int REFERENCES rr_node ON DELETE CASCADE)",
                "INSERT INTO rr_node SELECT n, nullif(n / 2, 0) FROM generate_series(1, 20) n",
                "CREATE TABLE rr_part (id int, k text) PARTITION BY RANGE (id)",
                "CREATE TABLE rr_part_low PARTITION OF rr_part FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE rr_part_high PARTITION OF rr_part FOR VALUES FROM (10) TO (1000)",
                "INSERT INTO rr_part SELECT n, 'k' FROM generate_series(0, 29) n",
                "CREATE TABLE rr_empty (id int PRIMARY KEY, n int)",
                "CREATE TABLE rr_secret (id int)",
                "CREATE TABLE rr_gone (id int)",
                "CREATE FUNCTION rr_any(int) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN true; END'");
        servers.administer(
                "GRANT SELECT ON rr_area, rr_shelf, rr_box, rr_label, rr_node, rr_part, rr_empty, rr_gone TO holdfast");
    }

    private static void rolledBack(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Sql.run(connection, sql);
        } finally {
            connection.rollback();
        }
    }

    private static String refused(ThrowingCallable work) {
        return String.valueOf(Failure.of("PW003", work).getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE rr_area SET name = 'x' WHERE id <= 10",
                "UPDATE rr_part SET k = 'x' WHERE id < 10",
                "DELETE FROM rr_area WHERE id = 7 AND part = 0",
                "DELETE FROM rr_box WHERE id <= 5",
                "DELETE FROM rr_node WHERE id = 20",
                "DELETE FROM rr_label l USING rr_box b WHERE l.box = b.id AND b.shelf = 3",
                "WITH d AS (DELETE FROM rr_label WHERE id < 5 RETURNING id) UPDATE rr_box SET shelf = shelf WHERE id < 6",
                "INSERT INTO rr_empty SELECT n, n FROM generate_series(1, 50) n",
                "INSERT INTO rr_empty VALUES (1, 1), (2, 2) ON CONFLICT (id) DO UPDATE SET n = 1",
                "TRUNCATE rr_empty",
                "DROP TABLE rr_empty",
                "SELECT * FROM rr_area FOR UPDATE"
            })
    void fewRowsPass(String sql) throws SQLException {
        try (Connection ana = proxy.connect("ana")) {
            rolledBack(ana, sql);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE rr_area SET name = 'x' WHERE id <= 11         | more than 10 rows",
                "UPDATE rr_area SET name = 'x'                        | more than 10 rows",
                "DELETE FROM rr_label WHERE id BETWEEN 3 AND 13       | more than 10 rows",
                "UPDATE rr_part SET k = 'x' WHERE id < 11             | more than 10 rows",
                // One area, two shelves, four boxes and four labels.
                "DELETE FROM rr_area WHERE id = 7                     | more than 10 rows",
                // A changed key takes its shelves along, and ends there.
                "UPDATE rr_area SET id = id + 1000 WHERE id <= 4      | more than 10 rows",
                "DELETE FROM rr_box WHERE id <= 6                     | more than 10 rows",
                "WITH d AS (DELETE FROM rr_label WHERE id < 7 RETURNING id) UPDATE rr_box SET shelf = shelf WHERE id < 6 | more than 10 rows",
                "TRUNCATE rr_label                                    | more than 10 rows",
                "TRUNCATE rr_empty, rr_part                           | more than 10 rows",
                "TRUNCATE rr_box CASCADE                              | more than 10 rows",
                "DROP TABLE rr_part                                   | more than 10 rows",
                "DELETE FROM rr_node WHERE id = 5                     | rows not counted: a foreign key leads back to public.rr_node",
                "DELETE FROM rr_secret                                | rows not counted: 127.0.0.1:PORT refuses to",
                "DELETE FROM rr_empty WHERE id > random()             | rows not counted: random() may answer otherwise",
                "DELETE FROM rr_empty WHERE rr_any(id)                | rows not counted: nobody knows how many it touches",
                "INSERT INTO rr_empty SELECT 1, 2 ON CONFLICT (id) DO UPDATE SET n = 1 | rows not counted: ON CONFLICT DO UPDATE of rows that a query returns",
            })
    void manyRowsAreRefusedAndSoIsWhatCannotBeCounted(String sql, String why) throws SQLException {
        String port = String.valueOf(servers.hosts().getLast().port());
        try (Connection ana = proxy.connect("ana")) {
            assertThat(refused(() -> rolledBack(ana, sql)))
                    .contains("refused by rule \"many (" + why.replace("PORT", port));
        }
    }

    /** Servers before 18 do not say what the search path is, so that names could be others. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM rr_label WHERE idd = 1          | 42703",
                "DELETE FROM rr_label WHERE id = 'one'       | 22P02",
                "UPDATE rr_label SET box = 1 WHERE no(id)    | 42883",
                "DELETE FROM rr_nowhere WHERE id = 1         | 42P01",
                "TRUNCATE rr_nowhere                         | 42P01",
                "DELETE FROM rr_label WHERE id IN (SELECT id FROM rr_nowhere) | 42P01"
            })
    void nobodyIsAskedAboutATypingError(String sql, String sqlState) throws SQLException {
        assumeTrue(VERSION >= 18);
        try (Connection ana = proxy.connect("ana")) {
            Failure.of(sqlState, () -> rolledBack(ana, sql));
        }
    }

    @Test
    void aTableThatItsTransactionHasMadeIsNoTypingError() throws SQLException {
        try (Connection ana = proxy.connect("ana")) {
            ana.setAutoCommit(false);
            Sql.run(ana, "CREATE TABLE rr_made AS SELECT generate_series(1, 50) AS id");
            assertThat(refused(() -> Sql.run(ana, "DELETE FROM rr_made WHERE id > 0")))
                    .contains("rows not counted");
            ana.rollback();
            Sql.run(ana, "CREATE TEMP TABLE rr_mine AS SELECT generate_series(1, 50) AS id");
            ana.commit();
            assertThat(refused(() -> Sql.run(ana, "DELETE FROM rr_mine WHERE id > 0")))
                    .contains("rows not counted");
            ana.rollback();
        }
    }

    @Test
    void whatBecomesOfAStatementDoesNotTellWhatItsUserCannotSee() throws SQLException {
        servers.administer(
                "CREATE TABLE rr_private AS SELECT 42 AS pin",
                "CREATE TABLE rr_filtered AS SELECT generate_series(1, 30) AS id",
                "ALTER TABLE rr_filtered ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY rr_few ON rr_filtered USING (id < 5)",
                "GRANT ALL ON rr_filtered TO ana",
                "GRANT SELECT ON rr_private, rr_filtered TO holdfast",
                "ALTER ROLE holdfast BYPASSRLS");
        try (Connection ana = proxy.connect("ana")) {
            for (int pin : new int[] {41, 42}) {
                String guess =
                        "UPDATE rr_label SET box = box WHERE EXISTS (SELECT FROM rr_private WHERE pin = " + pin + ")";
                assertThat(refused(() -> rolledBack(ana, guess)))
                        .contains("rows not counted: its user may not read all of rr_private");
                assertThat(refused(() -> rolledBack(ana, "DELETE FROM rr_filtered WHERE id > " + (pin - 20))))
                        .contains("rows not counted: row security hides some of them from its user");
            }
        } finally {
            servers.administer("ALTER ROLE holdfast NOBYPASSRLS", "DROP TABLE rr_private, rr_filtered");
        }
    }

    @Test
    void boundValuesDecide() throws SQLException {
        String sql = "DELETE FROM rr_label WHERE id BETWEEN ? AND ?";
        try (Connection ana = proxy.connect("ana")) {
            ana.setAutoCommit(false);
            for (int last : new int[] {10, 11}) {
                try (PreparedStatement delete = ana.prepareStatement(sql)) {
                    delete.setInt(1, 1);
                    delete.setInt(2, last);
                    if (last == 10) {
                        assertThat(delete.executeUpdate()).isEqualTo(10);
                        ana.rollback();
                    } else {
                        assertThat(refused(delete::executeUpdate)).contains("more than 10 rows");
                        ana.rollback();
                    }
                }
            }
        }
    }

    @Test
    void whatHasJustBeenCommittedIsCounted() throws SQLException {
        try (Connection ana = proxy.connect("ana")) {
            for (int round = 0; round < 5; round++) {
                try (Connection other = servers.direct("ana")) {
                    Sql.run(other, "UPDATE rr_area SET marked = true");
                }
                assertThat(refused(() -> Sql.run(ana, "UPDATE rr_area SET marked = false WHERE marked")))
                        .contains("more than 10 rows");
                try (Connection other = servers.direct("ana")) {
                    Sql.run(other, "UPDATE rr_area SET marked = false");
                }
                assertThat(Sql.run(ana, "UPDATE rr_area SET marked = false WHERE marked"))
                        .isZero();
            }
        }
    }

    @Test
    void whatOnlyItsTransactionSeesIsNotCounted() throws SQLException {
        try (Connection ana = proxy.connect("ana")) {
            ana.setAutoCommit(false);
            Sql.run(ana, "UPDATE rr_empty SET n = 1 WHERE id = 1");
            Sql.run(ana, "UPDATE rr_area SET name = 'x' WHERE id = 1");
            assertThat(refused(() -> Sql.run(ana, "DELETE FROM rr_area WHERE name = 'x'")))
                    .contains("its transaction has changed rr_area before");
            ana.rollback();
            Sql.run(ana, "UPDATE rr_area SET name = 'area 1' WHERE id = 1");
            ana.rollback();
        }
        String both = "UPDATE rr_label SET box = box WHERE id = 1; DELETE FROM rr_label WHERE id = 2";
        try (Connection ana = proxy.connect("ana");
                Statement statement = ana.createStatement()) {
            assertThat(refused(() -> statement.execute(both))).contains("its transaction has changed rr_label before");
        }
    }

    @Test
    void theTableThatTheSearchPathNamesIsCounted() throws SQLException {
        servers.execute("CREATE SCHEMA rr_other", "CREATE TABLE rr_other.rr_part (id int)");
        servers.administer(
                "GRANT USAGE ON SCHEMA rr_other TO holdfast", "GRANT SELECT ON rr_other.rr_part TO holdfast");
        try (Connection ana = proxy.connect("ana")) {
            if (VERSION >= 18) { // which says what the search path is
                Sql.run(ana, "SET search_path TO rr_other, public");
                rolledBack(ana, "DELETE FROM rr_part");
                Sql.run(ana, "RESET search_path");
                assertThat(refused(() -> rolledBack(ana, "DELETE FROM rr_part")))
                        .contains("more than 10 rows");
            } else {
                assertThat(refused(() -> rolledBack(ana, "DELETE FROM rr_part")))
                        .contains("rr_part is in 2 schemas, and the search path is not known");
            }
        } finally {
            servers.execute("DROP SCHEMA rr_other CASCADE");
        }
    }

    @Test
    void aHoldNamesTheCountAndTwoPeopleReleaseIt() throws Exception {
        try (ProxyFixture holding = ProxyFixture.builder()
                        .rules(over(10, "rr_*", new Action.Hold(2, Duration.ofSeconds(60))))
                        .counting(COUNTING)
                        .start();
                Connection ana = holding.connect("ana");
                ConsoleClient cy = holding.console("cy");
                ConsoleClient di = holding.console("di")) {
            assertThat(Sql.run(ana, "UPDATE rr_part SET k = 'x' WHERE id < 3")).isEqualTo(3);
            Background<Integer> update = Background.run(() -> Sql.run(ana, "UPDATE rr_part SET k = 'x' WHERE id < 20"));
            String id = cy.awaitWaiting("rr_part");
            assertThat(cy.rows("SHOW HOLD " + id)).contains("rule|many (more than 10 rows)");
            cy.approve(id);
            di.approve(id);
            assertThat(update.result()).isEqualTo(20);
        }
    }

    @Test
    void withoutAFollowerEveryNumberIsTakenForTooManyUnlessTheOnlyServerMayCount() throws Exception {
        HostPort primary = servers.hosts().getFirst();
        RuleConfig rule = over(10, "rr_*", new Action.Refuse(""));
        try (ProxyFixture alone =
                        ProxyFixture.builder().hosts(primary).rules(rule).start();
                Connection ana = alone.connect("ana")) {
            assertThat(refused(() -> Sql.run(ana, "UPDATE rr_empty SET n = 1 WHERE id = 1")))
                    .contains("rows not counted: there is no follower");
        }
        Counting onPrimary = new Counting(Counting.Where.ONLY_SERVER, Duration.ofSeconds(10));
        try (ProxyFixture alone = ProxyFixture.builder()
                        .hosts(primary)
                        .rules(rule)
                        .counting(onPrimary)
                        .start();
                Connection ana = alone.connect("ana")) {
            Sql.run(ana, "UPDATE rr_empty SET n = 1 WHERE id = 1");
            assertThat(catchThrowable(() -> Sql.run(ana, "UPDATE rr_label SET box = box WHERE id < 40")))
                    .hasMessageContaining("more than 10 rows");
        }
    }
}
