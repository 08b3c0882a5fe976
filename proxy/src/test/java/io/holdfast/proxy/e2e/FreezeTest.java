package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ControlDatabase;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.io.StringReader;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;

/** One command stops every write at two proxies, with real clients at both. */
@Timeout(120)
class FreezeTest {
    private static TestServers servers;
    private static ProxyFixture a;
    private static ProxyFixture b;
    private static ConsoleClient cy;
    private static ConsoleClient di;

    @BeforeAll
    static void open() throws Exception {
        servers = TestServers.start();
        var store = ControlDatabase.createOn(servers.primary());
        a = ProxyFixture.builder().servers(servers).controlStore(store).start();
        b = ProxyFixture.builder().servers(servers).controlStore(store).start();
        cy = a.console("cy");
        di = b.console("di");
        servers.execute("CREATE TABLE frost (n int)", """
                CREATE FUNCTION chill() RETURNS int LANGUAGE plpgsql VOLATILE AS
                $$ BEGIN INSERT INTO frost VALUES (7); RETURN 7; END $$""");
    }

    @AfterAll
    static void close() throws SQLException {
        cy.close();
        di.close();
        a.close();
        b.close();
        servers.close();
    }

    @AfterEach
    void thaw() throws SQLException {
        if (!cy.rows("SHOW FREEZE").isEmpty()) {
            for (ConsoleClient who : List.of(cy, di)) {
                try {
                    who.rows("THAW");
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).isEqualTo("55000"); // asked before
                }
            }
        }
        Eventually.holds(() -> di.rows("SHOW FREEZE").isEmpty());
    }

    @Test
    void everyKindOfWriteIsRefusedAtBothAndReadsGoOn() throws Exception {
        try (Connection atA = a.connect("ana");
                Connection atB = b.connect("ana")) {
            cy.rows("FREEZE 'the accident'");
            Eventually.holds(() -> di.rows("SHOW FREEZE").size() == 1);
            for (Connection client : List.of(atA, atB)) {
                assertThat(Failure.of("PW005", () -> Sql.run(client, "INSERT INTO frost VALUES (1)"))
                                .getMessage())
                        .contains("all databases, by cy: the accident");
                for (String write : List.of(
                        "UPDATE frost SET n = 2 WHERE n = 1",
                        "CREATE TABLE ice (n int)",
                        "TRUNCATE frost",
                        "SELECT chill()",
                        "DO $$ BEGIN END $$",
                        "GRANT SELECT ON frost TO shop_reader")) {
                    Failure.of("PW005", () -> Sql.run(client, write));
                }
                Failure.of(
                        "PW005",
                        () -> client.unwrap(PGConnection.class)
                                .getCopyAPI()
                                .copyIn("COPY frost FROM STDIN", new StringReader("1\n")));
                assertThat(Sql.number(client, "SELECT count(*) FROM frost")).isZero();
            }
        }
        assertThat(servers.count("frost")).isZero();
        assertThat(Files.readAllLines(a.audit()))
                .anyMatch(line -> line.contains("\"kind\":\"frozen\"") && line.contains("the accident"))
                .anyMatch(line -> line.contains("\"kind\":\"login\"")
                        && line.contains("\"person\":\"cy\",\"address\":\"127.0.0.1\"")
                        && line.contains("\"channel\":\"console\""));
    }

    @Test
    void twoPersonsThawAtWhicheverProxy() throws Exception {
        cy.rows("FREEZE 'a moment'");
        assertThat(cy.rows("THAW").toString()).contains("another person must");
        Failure.of("55000", () -> cy.rows("THAW"));
        assertThat(di.rows("THAW").toString()).contains("thawed");
        try (Connection ana = a.connect("ana")) {
            Eventually.holds(() -> cy.rows("SHOW FREEZE").isEmpty());
            Sql.run(ana, "INSERT INTO frost VALUES (1)");
            Sql.run(ana, "DELETE FROM frost WHERE n = 1");
        }
    }

    @Test
    void aFreezeThatWaitsLetsAWriteGoOnAfterTheThaw() throws Exception {
        try (Connection ana = b.connect("ana")) {
            cy.rows("FREEZE WAIT 'a moment'");
            Eventually.holds(() -> di.rows("SHOW FREEZE").size() == 1);
            var waiting = Background.run(() -> Sql.run(ana, "INSERT INTO frost VALUES (3)"));
            di.rows("THAW");
            assertThat(waiting.isDone()).isFalse();
            cy.rows("THAW");
            waiting.result();
            assertThat(servers.count("frost")).isEqualTo(1);
            Sql.run(ana, "DELETE FROM frost WHERE n = 3");
        }
    }

    @Test
    void freezeNowRollsBackWhatIsWritingAtTheOtherProxy() throws Exception {
        try (Connection ana = b.connect("ana")) {
            ana.setAutoCommit(false);
            Sql.run(ana, "INSERT INTO frost VALUES (4)");
            cy.rows("FREEZE NOW 'stop'");
            Eventually.holds(() -> !ana.isValid(1));
        }
        assertThat(servers.count("frost")).isZero();
    }

    @Test
    void onlyTheNamedDatabaseIsFrozen() throws Exception {
        cy.rows("FREEZE DATABASE elsewhere 'not here'");
        try (Connection ana = a.connect("ana")) {
            Sql.run(ana, "INSERT INTO frost VALUES (5)");
            Sql.run(ana, "DELETE FROM frost WHERE n = 5");
        }
        cy.rows("THAW DATABASE elsewhere");
        di.rows("THAW DATABASE elsewhere");
    }

    @Test
    void whoMayNotApproveMayNotFreeze() throws Exception {
        try (ConsoleClient ana = a.console("ana")) {
            Failure.of("42501", () -> ana.rows("FREEZE 'why not'"));
            Failure.of("42601", () -> cy.rows("FREEZE"));
        }
    }

    @Test
    void aFreezeOutlivesARestart() throws Exception {
        cy.rows("FREEZE 'over night'");
        var store = ControlDatabase.configOn(servers.primary());
        try (ProxyFixture later = ProxyFixture.builder()
                        .servers(servers)
                        .controlStore(store)
                        .start();
                Connection ana = later.connect("ana")) {
            Failure.of("PW005", () -> Sql.run(ana, "INSERT INTO frost VALUES (6)"));
        }
    }
}
