package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.UpstreamTls.Mode;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** pgjdbc in the ways in which it can be told to work. */
@Timeout(120)
class JdbcOptionsTest {
    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    @Test
    void aBatchThatTheDriverRewritesIsWritten() throws SQLException {
        proxy.servers().execute("CREATE TABLE rewritten (n int, t text)");
        try (Connection ana = proxy.connect("ana", Map.of("reWriteBatchedInserts", "true"));
                PreparedStatement insert = ana.prepareStatement("INSERT INTO rewritten VALUES (?, ?)")) {
            for (int i = 0; i < 1000; i++) {
                insert.setInt(1, i);
                insert.setString(2, "row; DROP TABLE rewritten -- " + i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        assertThat(proxy.servers().count("rewritten")).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
    void everyQueryModeWorks(String mode) throws SQLException {
        String table = "mode_" + mode.toLowerCase(java.util.Locale.ROOT);
        proxy.servers().execute("CREATE TABLE " + table + " (n int, t text)");
        try (Connection ana = proxy.connect("ana", Map.of("preferQueryMode", mode, "prepareThreshold", "1"));
                PreparedStatement insert = ana.prepareStatement("INSERT INTO " + table + " VALUES (?, ?)");
                PreparedStatement select = ana.prepareStatement("SELECT t FROM " + table + " WHERE n = ?")) {
            for (int i = 0; i < 10; i++) {
                insert.setInt(1, i);
                insert.setString(2, "it's " + i);
                assertThat(insert.executeUpdate()).isEqualTo(1);
                select.setInt(1, i);
                assertThat(Sql.rows(select.executeQuery())).containsExactly("it's " + i);
            }
            ana.setAutoCommit(false);
            insert.setInt(1, 77);
            insert.executeUpdate();
            ana.rollback();
        }
        assertThat(proxy.servers().count(table)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void valuesOfAllKindsComeBackAsTheyWere(boolean binary) throws SQLException {
        OffsetDateTime time = OffsetDateTime.parse("2026-11-23T08:19:45.123456Z");
        UUID uuid = UUID.fromString("00000000-1111-2222-3333-444444444444");
        try (Connection ana = proxy.connect(
                        "ana",
                        Map.of("binaryTransfer", String.valueOf(binary), "prepareThreshold", binary ? "-1" : "0"));
                PreparedStatement select = ana.prepareStatement(
                        "SELECT ?::int8, ?::numeric, ?::timestamptz, ?::uuid, ?::bytea, ?::int4[], ?::text[], ?::jsonb, ?::float8")) {
            select.setLong(1, Long.MIN_VALUE);
            select.setBigDecimal(2, new java.math.BigDecimal("-12345678901234567890.00100"));
            select.setObject(3, time);
            select.setObject(4, uuid);
            select.setBytes(5, new byte[] {0, 1, -1, 39, 92});
            select.setArray(6, ana.createArrayOf("int4", new Integer[] {1, null, -3}));
            select.setArray(7, ana.createArrayOf("text", new String[] {"a,b", null, "\"", ""}));
            select.setString(8, "{\"a\": [1, null]}");
            select.setDouble(9, Double.NaN);
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getLong(1)).isEqualTo(Long.MIN_VALUE);
                assertThat(row.getBigDecimal(2)).isEqualTo("-12345678901234567890.00100");
                assertThat(row.getObject(3, OffsetDateTime.class).toInstant()).isEqualTo(time.toInstant());
                assertThat(row.getObject(4)).isEqualTo(uuid);
                assertThat(row.getBytes(5)).containsExactly(0, 1, -1, 39, 92);
                assertThat(array(row.getArray(6))).containsExactly(1, null, -3);
                assertThat(array(row.getArray(7))).containsExactly("a,b", null, "\"", "");
                assertThat(row.getString(8)).isEqualTo("{\"a\": [1, null]}");
                assertThat(row.getDouble(9)).isNaN();
            }
        }
    }

    private static Object[] array(Array array) throws SQLException {
        return (Object[]) array.getArray();
    }

    @Test
    void aFunctionIsCalled() throws SQLException {
        proxy.servers().execute("CREATE FUNCTION doubled(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT n * 2'");
        try (Connection ana = proxy.connect("ana");
                CallableStatement call = ana.prepareCall("{? = call doubled(?)}")) {
            call.registerOutParameter(1, Types.INTEGER);
            call.setInt(2, 21);
            call.execute();
            assertThat(call.getInt(1)).isEqualTo(42);
        }
    }

    /** A proxy answers as the primary that it stands for, so a driver that looks for a standby takes it only as a last resort. */
    @ParameterizedTest
    @CsvSource({"any, true", "primary, true", "preferSecondary, true", "preferPrimary, true", "secondary, false"})
    void aDriverWithSeveralHostsFindsWhatItLooksFor(String type, boolean connects) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:1,127.0.0.1:" + proxy.port() + '/' + TestServers.DATABASE;
        var properties = ProxyFixture.properties("ana", Map.of("targetServerType", type));
        if (connects) {
            try (Connection ana = DriverManager.getConnection(url, properties)) {
                assertThat(Sql.number(ana, "SELECT 1")).isEqualTo(1);
            }
        } else {
            Failure.of("08001", () -> DriverManager.getConnection(url, properties));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "5"})
    void aStatementDescribedOnOneServerIsPreparedAnewOnTheOtherWhenItsTableHasChanged(String threshold)
            throws SQLException {
        String table = "moved_" + threshold;
        proxy.servers().execute("CREATE TABLE " + table + " (n int)", "INSERT INTO " + table + " VALUES (1)");
        try (Connection ana = proxy.connect("ana", Map.of("prepareThreshold", threshold));
                PreparedStatement select = ana.prepareStatement("SELECT * FROM " + table)) {
            for (int i = 0; i < 6; i++) {
                assertThat(Sql.rows(select.executeQuery())).containsExactly("1"); // by the follower
            }
            proxy.servers().execute("ALTER TABLE " + table + " ADD t text DEFAULT 'new'");
            ana.setAutoCommit(false); // by the primary, which never saw it
            Failure.of("0A000", select::executeQuery);
            ana.rollback();
            assertThat(Sql.rows(select.executeQuery())).containsExactly("1|new");
            ana.commit();
            ana.setAutoCommit(true);
            assertThat(Sql.rows(select.executeQuery())).containsExactly("1|new");
        }
    }

    @Test
    void cancelWorksOverTls() throws Exception {
        try (ProxyFixture encrypted = ProxyFixture.builder()
                        .clientTls(true)
                        .upstreamTls(Mode.VERIFY_CA)
                        .start();
                Connection ana = encrypted.connect("ana", Map.of("sslmode", "require"));
                Statement statement = ana.createStatement()) {
            for (boolean transaction : new boolean[] {false, true}) {
                ana.setAutoCommit(!transaction);
                String marked = "pg_sleep(60) /* tls " + transaction;
                var sleeping = Background.run(() -> statement.execute("SELECT " + marked + " */"));
                Eventually.holds(() -> Activity.isRunning(encrypted, marked));
                statement.cancel();
                Failure.of("57014", sleeping::result);
                if (transaction) {
                    ana.rollback();
                }
            }
        }
    }
}
