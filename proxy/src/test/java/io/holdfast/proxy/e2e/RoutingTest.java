package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads go to the follower, writes to the primary, and whoever wrote sees it. */
@Timeout(120)
class RoutingTest {
    private static final int OFTEN = 200;

    @AutoClose
    private static final ProxyFixture proxy = ProxyFixture.builder().start();

    @Test
    void readsAreAnsweredByTheFollower() throws SQLException {
        try (Connection ana = proxy.connect("ana")) {
            assertThat(Sql.onFollower(ana)).isTrue();
            assertThat(Sql.number(ana, "SELECT count(*) FROM customers")).isEqualTo(2000);
        }
    }

    @Test
    void writesGoToThePrimary() throws SQLException {
        proxy.servers().execute("CREATE TABLE written (n int)");
        try (Connection ana = proxy.connect("ana")) {
            assertThat(Sql.run(ana, "INSERT INTO written VALUES (1), (2)")).isEqualTo(2);
            assertThat(Sql.run(ana, "UPDATE written SET n = 3 WHERE n = 2")).isEqualTo(1);
            assertThat(Sql.run(ana, "DELETE FROM written WHERE n = 3")).isEqualTo(1);
        }
        assertThat(proxy.servers().count("written")).isEqualTo(1);
    }

    @Test
    void whoeverWroteSeesItInTheNextRead() throws SQLException {
        proxy.servers().execute("CREATE TABLE own_writes (n int)");
        try (Connection ana = proxy.connect("ana")) {
            for (int n = 1; n <= OFTEN; n++) {
                Sql.run(ana, "INSERT INTO own_writes VALUES (" + n + ')');
                assertThat(Sql.number(ana, "SELECT max(n) FROM own_writes")).isEqualTo(n);
            }
        }
    }

    @Test
    void whoeverWroteReadsFromThePrimaryWhileTheFollowerLags() throws SQLException {
        proxy.servers().execute("CREATE TABLE lagging (n int)");
        try (Connection ana = proxy.connect("ana");
                Connection bo = proxy.connect("bo");
                var paused = proxy.servers().pauseReplay()) {
            for (int n = 1; n <= OFTEN; n++) {
                Sql.run(ana, "INSERT INTO lagging VALUES (" + n + ')');
                assertThat(Sql.number(ana, "SELECT max(n) FROM lagging")).isEqualTo(n);
            }
            assertThat(Sql.onFollower(ana)).isFalse();
            assertThat(Sql.onFollower(bo)).as("bo has written nothing").isTrue();
            assertThat(Sql.number(bo, "SELECT count(*) FROM lagging")).isZero();
        }
    }

    @Test
    void readsReturnToTheFollowerOnceItHasTheWrite() throws SQLException {
        proxy.servers().execute("CREATE TABLE comes_back (n int)");
        try (Connection ana = proxy.connect("ana")) {
            Sql.run(ana, "INSERT INTO comes_back VALUES (1)");
            Eventually.holds(() -> Sql.onFollower(ana));
            assertThat(Sql.number(ana, "SELECT n FROM comes_back")).isEqualTo(1);
        }
    }

    @Test
    void aTransactionRunsWhollyOnThePrimary() throws SQLException {
        proxy.servers().execute("CREATE TABLE transacted (n int)");
        try (Connection ana = proxy.connect("ana")) {
            ana.setAutoCommit(false);
            assertThat(Sql.onFollower(ana)).isFalse();
            Sql.run(ana, "INSERT INTO transacted VALUES (1)");
            assertThat(Sql.number(ana, "SELECT count(*) FROM transacted")).isEqualTo(1);
            ana.rollback();
            assertThat(Sql.onFollower(ana)).isFalse();
            assertThat(Sql.number(ana, "SELECT count(*) FROM transacted")).isZero();
        }
    }

    @Test
    void aReadOnlyTransactionRunsWhollyOnTheFollower() throws SQLException {
        try (Connection ana = readOnly()) {
            assertThat(Sql.onFollower(ana)).isTrue();
            assertThat(Sql.number(ana, "SELECT count(*) FROM orders")).isEqualTo(10_000);
            Failure.of("25006", () -> Sql.run(ana, "INSERT INTO events (kind) VALUES ('visit')"));
            ana.rollback();
            assertThat(Sql.onFollower(ana)).isTrue();
            ana.commit();
        }
    }

    @Test
    void aReadOnlyTransactionSeesWhatItsSessionWrote() throws SQLException {
        proxy.servers().execute("CREATE TABLE seen_read_only (n int)");
        try (Connection ana = proxy.connect("ana")) {
            for (int n = 1; n <= 50; n++) {
                Sql.run(ana, "INSERT INTO seen_read_only VALUES (" + n + ')');
                ana.setReadOnly(true);
                ana.setAutoCommit(false);
                assertThat(Sql.number(ana, "SELECT max(n) FROM seen_read_only")).isEqualTo(n);
                ana.commit();
                ana.setAutoCommit(true);
                ana.setReadOnly(false);
            }
        }
    }

    /** No standby can run it. */
    @Test
    void aSerializableTransactionRunsOnThePrimaryEvenIfReadOnly() throws SQLException {
        try (Connection ana = proxy.connect("ana")) {
            Sql.run(ana, "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE");
            assertThat(Sql.onFollower(ana)).isFalse();
            Sql.run(ana, "COMMIT");
        }
    }

    @Test
    void whatOutlivesAReadOnlyTransactionIsRefusedInIt() throws SQLException {
        try (Connection ana = readOnly()) {
            for (String sql : List.of(
                    "PREPARE p AS SELECT 1",
                    "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
                    "SET shop.tenant = '7'",
                    "LISTEN read_only_news")) {
                assertThat(Sql.onFollower(ana)).isTrue();
                Failure.of("0A000", () -> Sql.run(ana, sql));
                ana.rollback();
            }
            Sql.run(ana, "SET LOCAL shop.tenant = '7'");
            assertThat(Sql.text(ana, "SHOW shop.tenant")).isEqualTo("7");
            ana.commit();
        }
    }

    @Test
    void aReadOnlyTransactionEndsWithItsFollower() throws SQLException {
        proxy.servers().execute("CREATE TABLE not_after_all (n int)");
        try (Connection ana = readOnly();
                Connection follower = proxy.servers().follower().connect("postgres")) {
            long pid = Sql.number(ana, "SELECT pg_backend_pid()");
            Sql.run(follower, "SELECT pg_terminate_backend(" + pid + ')');
            assertThatThrownBy(() -> Sql.run(ana, "INSERT INTO not_after_all VALUES (1)"))
                    .isInstanceOf(SQLException.class);
            assertThat(ana.isValid(1)).isFalse();
        }
        assertThat(proxy.servers().count("not_after_all")).isZero();
    }

    private static Connection readOnly() throws SQLException {
        Connection ana = proxy.connect("ana");
        ana.setReadOnly(true);
        ana.setAutoCommit(false);
        return ana;
    }
}
