package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** pgjdbc notices nothing of the proxy. */
@Timeout(120)
class JdbcTest {
    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void serverSidePreparedStatementsFollowFromLegToLeg(int prepareThreshold) throws SQLException {
        String table = "legs_" + (prepareThreshold + 1);
        proxy.servers().execute("CREATE TABLE " + table + " (n int, t text)");
        try (Connection ana = proxy.connect("ana", Map.of("prepareThreshold", String.valueOf(prepareThreshold)));
                PreparedStatement insert = ana.prepareStatement("INSERT INTO " + table + " VALUES (?, ?)");
                PreparedStatement select = ana.prepareStatement("SELECT t FROM " + table + " WHERE n = ?");
                PreparedStatement where = ana.prepareStatement("SELECT pg_is_in_recovery()")) {
            for (int n = 0; n < 50; n++) {
                insert.setInt(1, n);
                insert.setString(2, "number " + n);
                assertThat(insert.executeUpdate()).isEqualTo(1);
                select.setInt(1, n);
                assertThat(Sql.rows(select.executeQuery())).containsExactly("number " + n);
                Eventually.holds(() -> Sql.rows(where.executeQuery()).contains("t"));
                assertThat(Sql.rows(select.executeQuery())).containsExactly("number " + n);
            }
        }
    }

    @Test
    void aLongBatchIsAnsweredInOrder() throws SQLException {
        proxy.servers().execute("CREATE TABLE long_batch (n int PRIMARY KEY, t text)");
        int rows = 5_000;
        try (Connection ana = proxy.connect("ana");
                PreparedStatement insert = ana.prepareStatement("INSERT INTO long_batch VALUES (?, ?)")) {
            for (int n = 0; n < rows; n++) {
                insert.setInt(1, n);
                insert.setString(2, "x".repeat(n % 300));
                insert.addBatch();
            }
            assertThat(Arrays.stream(insert.executeBatch()).sum()).isEqualTo(rows);
            assertThat(Sql.number(ana, "SELECT count(*) FROM long_batch")).isEqualTo(rows);
        }
    }

    @Test
    void aBatchThatFailsSaysWhereAndLeavesNothing() throws SQLException {
        proxy.servers().execute("CREATE TABLE failing_batch (n int PRIMARY KEY)");
        try (Connection ana = proxy.connect("ana");
                PreparedStatement insert = ana.prepareStatement("INSERT INTO failing_batch VALUES (?)")) {
            for (int n : new int[] {1, 2, 2, 3}) {
                insert.setInt(1, n);
                insert.addBatch();
            }
            Failure.of("23505", insert::executeBatch);
            assertThat(Sql.number(ana, "SELECT count(*) FROM failing_batch")).isZero();
        }
    }

    @Test
    void aCursorFetchesInPieces() throws SQLException {
        try (Connection ana = proxy.connect("ana")) {
            ana.setAutoCommit(false);
            try (Statement statement = ana.createStatement()) {
                statement.setFetchSize(70);
                try (ResultSet rows = statement.executeQuery("SELECT id FROM orders ORDER BY id")) {
                    assertThat(Sql.rows(rows))
                            .containsExactlyElementsOf(IntStream.rangeClosed(1, 10_000)
                                    .mapToObj(String::valueOf)
                                    .toList());
                }
            }
            ana.commit();
        }
    }

    @Test
    void manyRowsAreWhole() throws SQLException {
        String sql =
                "SELECT sum(length(t)) FROM (SELECT repeat('x', n % 1000) AS t FROM generate_series(1, 100000) n) s";
        try (Connection ana = proxy.connect("ana");
                Connection direct = proxy.servers().direct("ana");
                Statement statement = ana.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT repeat('x', n % 1000) FROM generate_series(1, 100000) n")) {
            long length = 0;
            while (rows.next()) {
                length += rows.getString(1).length();
            }
            assertThat(length).isEqualTo(Sql.number(direct, sql));
        }
    }

    @Test
    void copyGoesInAndOut() throws Exception {
        proxy.servers().execute("CREATE TABLE copied (n int, t text)");
        try (Connection ana = proxy.connect("ana")) {
            var copy = ana.unwrap(PGConnection.class).getCopyAPI();
            var lines = new StringBuilder();
            for (int n = 0; n < 20_000; n++) {
                lines.append(n).append("\tline ").append(n).append('\n');
            }
            assertThat(copy.copyIn("COPY copied FROM STDIN", new StringReader(lines.toString())))
                    .isEqualTo(20_000);
            var out = new StringWriter();
            copy.copyOut("COPY (SELECT * FROM copied ORDER BY n) TO STDOUT", out);
            assertThat(out).hasToString(lines.toString());
            assertThat(Sql.number(ana, "SELECT count(*) FROM copied")).isEqualTo(20_000);
        }
    }

    @Test
    void aCopyThatFailsLeavesTheConnectionUsable() throws Exception {
        proxy.servers().execute("CREATE TABLE copy_fails (n int)");
        try (Connection ana = proxy.connect("ana")) {
            var copy = ana.unwrap(PGConnection.class).getCopyAPI();
            Failure.of("22P02", () -> copy.copyIn("COPY copy_fails FROM STDIN", new StringReader("1\nx\n3\n")));
            assertThat(Sql.number(ana, "SELECT count(*) FROM copy_fails")).isZero();
            var in = copy.copyIn("COPY copy_fails FROM STDIN");
            in.writeToCopy("1\n".getBytes(StandardCharsets.US_ASCII), 0, 2);
            in.cancelCopy();
            assertThat(Sql.number(ana, "SELECT count(*) FROM copy_fails")).isZero();
        }
    }

    @Test
    void largeObjectsWork() throws SQLException {
        try (Connection ana = proxy.connect("ana")) {
            ana.setAutoCommit(false);
            LargeObjectManager manager = ana.unwrap(PGConnection.class).getLargeObjectAPI();
            long id = manager.createLO(LargeObjectManager.READWRITE);
            byte[] content = new byte[100_000];
            Arrays.fill(content, (byte) 7);
            try (LargeObject object = manager.open(id, LargeObjectManager.WRITE)) {
                object.write(content);
            }
            ana.commit();
            try (LargeObject object = manager.open(id, LargeObjectManager.READ)) {
                assertThat(object.read(content.length)).isEqualTo(content);
            }
            ana.commit();
        }
    }

    @Test
    void savepointsAreRolledBackTo() throws SQLException {
        proxy.servers().execute("CREATE TABLE saved (n int PRIMARY KEY)");
        try (Connection ana = proxy.connect("ana")) {
            ana.setAutoCommit(false);
            Sql.run(ana, "INSERT INTO saved VALUES (1)");
            Savepoint savepoint = ana.setSavepoint();
            Failure.of("23505", () -> Sql.run(ana, "INSERT INTO saved VALUES (1)"));
            ana.rollback(savepoint);
            Sql.run(ana, "INSERT INTO saved VALUES (2)");
            ana.releaseSavepoint(savepoint);
            ana.commit();
            assertThat(Sql.rows(ana, "SELECT n FROM saved ORDER BY n")).containsExactly("1", "2");
        }
    }

    @Test
    void autosaveWorks() throws SQLException {
        proxy.servers().execute("CREATE TABLE autosaved (n int PRIMARY KEY)");
        try (Connection ana = proxy.connect("ana", Map.of("autosave", "always"))) {
            ana.setAutoCommit(false);
            Sql.run(ana, "INSERT INTO autosaved VALUES (1)");
            Failure.of("23505", () -> Sql.run(ana, "INSERT INTO autosaved VALUES (1)"));
            Sql.run(ana, "INSERT INTO autosaved VALUES (2)");
            ana.commit();
        }
        assertThat(proxy.servers().count("autosaved")).isEqualTo(2);
    }

    @Test
    void aReadOnlyConnectionMayNotWrite() throws SQLException {
        try (Connection ana = proxy.connect("ana", Map.of("readOnlyMode", "always"))) {
            ana.setReadOnly(true);
            Failure.of("25006", () -> Sql.run(ana, "INSERT INTO events (kind) VALUES ('visit')"));
            assertThat(Sql.number(ana, "SELECT count(*) FROM products")).isEqualTo(200);
            ana.setReadOnly(false);
            assertThat(Sql.run(ana, "INSERT INTO events (kind) VALUES ('visit')"))
                    .isEqualTo(1);
        }
    }

    @Test
    void notificationsArrive() throws SQLException {
        try (Connection listener = proxy.connect("ana");
                Connection sender = proxy.connect("bo")) {
            Sql.run(listener, "LISTEN news");
            Sql.run(sender, "NOTIFY news, 'first'");
            Sql.number(sender, "SELECT 1 FROM pg_notify('news', 'second')");
            PGConnection connection = listener.unwrap(PGConnection.class);
            var heard = new ArrayList<String>();
            Eventually.holds(() -> {
                PGNotification[] arrived = connection.getNotifications(1000);
                if (arrived != null) {
                    Arrays.stream(arrived).map(PGNotification::getParameter).forEach(heard::add);
                }
                return heard.size() >= 2;
            });
            assertThat(heard).containsExactly("first", "second");
        }
    }

    @Test
    void cancelEndsTheRunningStatementOnEitherLeg() throws Exception {
        try (Connection ana = proxy.connect("ana");
                Statement statement = ana.createStatement()) {
            for (boolean transaction : new boolean[] {false, true}) {
                ana.setAutoCommit(!transaction);
                var sleeping = Background.run(() -> statement.execute("SELECT pg_sleep(60) /* " + transaction + " */"));
                Eventually.holds(() -> Activity.isRunning(proxy, "pg_sleep(60) /* " + transaction));
                statement.cancel();
                Failure.of("57014", sleeping::result);
                if (transaction) {
                    ana.rollback();
                }
                assertThat(Sql.number(ana, "SELECT 1")).isEqualTo(1);
            }
            ana.rollback();
        }
    }

    @Test
    void aQueryTimeoutCancels() throws SQLException {
        try (Connection ana = proxy.connect("ana");
                Statement statement = ana.createStatement()) {
            statement.setQueryTimeout(1);
            Failure.of("57014", () -> statement.execute("SELECT pg_sleep(60)"));
            assertThat(Sql.number(ana, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void metadataIsReadOnTheFollowerAndNeverHeld() throws SQLException {
        try (Connection ana = proxy.connect("ana");
                Connection direct = proxy.servers().direct("ana")) {
            for (Metadata call : Metadata.values()) {
                assertThat(Sql.rows(call.of(ana.getMetaData())))
                        .as(call.name())
                        .isEqualTo(Sql.rows(call.of(direct.getMetaData())));
            }
            assertThat(Sql.onFollower(ana)).isTrue();
        }
    }

    private enum Metadata {
        TABLES {
            @Override
            ResultSet of(DatabaseMetaData data) throws SQLException {
                return data.getTables(null, "pg_catalog", "pg_c%", null);
            }
        },
        COLUMNS {
            @Override
            ResultSet of(DatabaseMetaData data) throws SQLException {
                return data.getColumns(null, "public", "orders", "%");
            }
        },
        PRIMARY_KEYS {
            @Override
            ResultSet of(DatabaseMetaData data) throws SQLException {
                return data.getPrimaryKeys(null, "public", "orders");
            }
        },
        IMPORTED_KEYS {
            @Override
            ResultSet of(DatabaseMetaData data) throws SQLException {
                return data.getImportedKeys(null, "public", "order_items");
            }
        },
        INDEXES {
            @Override
            ResultSet of(DatabaseMetaData data) throws SQLException {
                return data.getIndexInfo(null, "public", "orders", false, true);
            }
        },
        FUNCTIONS {
            @Override
            ResultSet of(DatabaseMetaData data) throws SQLException {
                return data.getFunctions(null, "pg_catalog", "pg_size%");
            }
        },
        TYPES {
            @Override
            ResultSet of(DatabaseMetaData data) throws SQLException {
                return data.getTypeInfo();
            }
        },
        PRIVILEGES {
            @Override
            ResultSet of(DatabaseMetaData data) throws SQLException {
                return data.getTablePrivileges(null, "public", "orders");
            }
        };

        abstract ResultSet of(DatabaseMetaData data) throws SQLException;
    }

    @Test
    void anErrorHasEverythingThatTheServerSaid() throws SQLException {
        String sql = "SELECT 1, no_such_column FROM orders";
        try (Connection ana = proxy.connect("ana");
                Connection direct = proxy.servers().direct("ana")) {
            assertThat(Failure.of("42703", () -> Sql.run(ana, sql)).getMessage())
                    .isEqualTo(Failure.of("42703", () -> Sql.run(direct, sql)).getMessage());
        }
    }

    @Test
    void aPreparedStatementSurvivesAChangeOfItsTable() throws SQLException {
        proxy.servers().execute("CREATE TABLE reshaped (n int)", "INSERT INTO reshaped VALUES (1)");
        try (Connection ana = proxy.connect("ana", Map.of("prepareThreshold", "1"));
                PreparedStatement select = ana.prepareStatement("SELECT * FROM reshaped")) {
            assertThat(Sql.rows(select.executeQuery())).containsExactly("1");
            proxy.servers().execute("ALTER TABLE reshaped ADD t text DEFAULT 'new'");
            assertThat(Sql.rows(select.executeQuery())).containsExactly("1|new");
        }
    }

    @Test
    void settingsHoldOnBothLegs() throws SQLException {
        proxy.servers().execute("CREATE SCHEMA side", "CREATE TABLE side.thing AS SELECT 7 AS n");
        try (Connection ana = proxy.connect("ana")) {
            ana.setSchema("side");
            Sql.run(ana, "SET TimeZone = 'Asia/Tokyo'");
            assertThat(Sql.onFollower(ana)).isTrue();
            assertThat(Sql.number(ana, "SELECT n FROM thing")).isEqualTo(7);
            assertThat(Sql.run(ana, "UPDATE thing SET n = 8 WHERE n = 7")).isEqualTo(1);
            ana.setAutoCommit(false);
            assertThat(Sql.onFollower(ana)).isFalse();
            assertThat(Sql.text(ana, "SHOW TimeZone")).isEqualTo("Asia/Tokyo");
            ana.rollback();
            ana.setAutoCommit(true);
            Eventually.holds(() -> Sql.onFollower(ana));
            assertThat(Sql.text(ana, "SHOW TimeZone")).isEqualTo("Asia/Tokyo");
            assertThat(Sql.number(ana, "SELECT n FROM thing")).isEqualTo(8);
        }
    }

    @Test
    void temporaryTablesStayWithTheirSession() throws SQLException {
        try (Connection ana = proxy.connect("ana")) {
            Sql.run(ana, "CREATE TEMPORARY TABLE mine (n int)");
            Sql.run(ana, "INSERT INTO mine VALUES (1)");
            assertThat(Sql.number(ana, "SELECT n FROM mine")).isEqualTo(1);
            assertThat(Sql.onFollower(ana))
                    .as("only the primary leg has the table")
                    .isFalse();
        }
    }
}
