package io.holdfast.proxy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Protect.Holds;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ConsoleClient;
import io.holdfast.proxy.testing.ControlDatabase;
import io.holdfast.proxy.testing.ProxyFixture;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two proxies that share a control store in PostgreSQL, with real clients at both. */
@Timeout(240)
class SharedStoreTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int MANY = 200;

    private static TestServers servers;
    private static ProxyFixture a;
    private static ProxyFixture b;
    private static ConsoleClient cyAtA;
    private static ConsoleClient diAtA;
    private static ConsoleClient diAtB;

    @BeforeAll
    static void open() throws Exception {
        servers = TestServers.start(1, 300);
        var store = ControlDatabase.createOn(servers.primary());
        Holds holds = new Holds(2, LONG, LONG, LONG, Duration.ofSeconds(20), LONG, Duration.ofMillis(300));
        a = ProxyFixture.builder()
                .servers(servers)
                .holds(holds)
                .controlStore(store)
                .start();
        b = ProxyFixture.builder()
                .servers(servers)
                .holds(holds)
                .controlStore(store)
                .start();
        cyAtA = a.console("cy");
        diAtA = a.console("di");
        diAtB = b.console("di");
    }

    @AfterAll
    static void close() throws SQLException {
        for (ConsoleClient console : List.of(cyAtA, diAtA, diAtB)) {
            console.close();
        }
        a.close();
        b.close();
        servers.close();
    }

    @Test
    void aHoldThatWaitsAtTheOneIsApprovedAtTheOther() throws Exception {
        servers.execute("CREATE TABLE shared_hold AS SELECT 1 AS n");
        try (Connection ana = b.connect("ana")) {
            var waiting = Background.run(() -> Sql.run(ana, "TRUNCATE shared_hold"));
            String id = cyAtA.awaitWaiting("TRUNCATE shared_hold");
            assertThat(cyAtA.approve(id)).isEqualTo("waiting");
            Failure.of("55000", () -> cyAtA.approve(id));
            assertThat(diAtA.approve(id)).isEqualTo("approved");
            waiting.result();
            assertThat(servers.count("shared_hold")).isZero();
            diAtB.awaitHold("TRUNCATE shared_hold", "executed");
            assertThat(records(a, id)).containsExactly("vote", "vote", "approved");
            Eventually.holds(() -> records(b, id).equals(List.of("held", "released", "outcome")));
        }
    }

    @Test
    void aDenialAtTheOtherEndsItAndTheClientIsToldByWhom() throws Exception {
        servers.execute("CREATE TABLE shared_denied AS SELECT 1 AS n");
        try (Connection ana = b.connect("ana")) {
            var waiting = Background.run(() -> Sql.run(ana, "TRUNCATE shared_denied"));
            cyAtA.deny(cyAtA.awaitWaiting("TRUNCATE shared_denied"), "not now");
            assertThat(Failure.of("PW001", waiting::result).getMessage()).contains("denied by cy", "not now");
        }
        assertThat(servers.count("shared_denied")).isEqualTo(1);
    }

    @Test
    void whatWaitsForALockAtTheOneIsSeenAndCancelledAtTheOther() throws Exception {
        servers.execute("CREATE TABLE shared_locked AS SELECT 1 AS n");
        try (Connection bo = servers.direct("bo");
                Connection ana = b.connect("ana")) {
            bo.setAutoCommit(false);
            Sql.run(bo, "LOCK TABLE shared_locked IN ACCESS SHARE MODE");
            var waiting = Background.run(() -> Sql.run(ana, "TRUNCATE shared_locked"));
            String id = cyAtA.awaitWaiting("TRUNCATE shared_locked");
            cyAtA.approve(id);
            diAtA.approve(id);
            Eventually.holds(() -> cyAtA.hold(id).state().startsWith("released, waits for a lock for "));
            assertThat(cyAtA.rows("SHOW HOLD " + id)).anyMatch(row -> row.contains("(bo, "));

            cyAtA.rows("CANCEL " + id + " 'not now'");

            assertThat(Failure.of("57014", waiting::result).getMessage()).contains("canceling statement");
            assertThat(servers.count("shared_locked")).isEqualTo(1);
            Eventually.holds(() -> cyAtA.hold(id).state().equals("failed"));
            assertThat(records(a, id)).containsExactly("vote", "vote", "approved", "cancelled");
            Eventually.holds(() -> records(b, id).equals(List.of("held", "released", "lock_wait", "outcome")));
            assertThat(Sql.number(ana, "SELECT count(*) FROM shared_locked")).isEqualTo(1);
        }
    }

    @Test
    void aGrantIsUsedAtAnyProxyAndOnce() throws Exception {
        servers.execute("CREATE TABLE shared_grant AS SELECT 1 AS n");
        try (Connection ana = b.connect("ana")) {
            ana.setAutoCommit(false);
            Sql.run(ana, "INSERT INTO shared_grant VALUES (2)");
            Failure.of("PW004", () -> Sql.run(ana, "TRUNCATE shared_grant"));
            ana.rollback();
        }
        String id = cyAtA.awaitWaiting("TRUNCATE shared_grant");
        cyAtA.approve(id);
        assertThat(diAtB.approve(id)).isEqualTo("granted");
        try (Connection ana = a.connect("ana")) {
            Sql.run(ana, "TRUNCATE shared_grant");
            assertThat(servers.count("shared_grant")).isZero();
        }
        cyAtA.awaitHold("TRUNCATE shared_grant", "executed");
    }

    @Test
    void ofTwoHundredAtOnceEachEndsAsItWasDecidedAndRunsOnceOrNever() throws Exception {
        servers.execute("CREATE TABLE shared_empty (n int)", "CREATE TABLE shared_tally (n int)");
        var clients = new ArrayList<Connection>();
        var waiting = new ArrayList<Background<Boolean>>();
        try {
            for (int i = 0; i < MANY; i++) {
                Connection client = (i % 4 < 2 ? a : b).connect(i % 2 == 0 ? "ana" : "bo");
                clients.add(client);
                String sql = "WITH gone AS (DELETE FROM shared_empty) INSERT INTO shared_tally VALUES (" + i + ")";
                waiting.add(Background.run(() -> ran(client, sql)));
            }
            Eventually.holds(() -> tally(cyAtA, "waiting").size() == MANY);
            List<String> ids =
                    tally(cyAtA, "waiting").stream().map(ConsoleClient.Row::id).toList();
            var first = Background.run(() -> decideAll(cyAtA, ids));
            var second = Background.run(() -> decideAll(diAtB, ids.reversed()));
            first.result();
            second.result();
            int run = 0;
            for (Background<Boolean> one : waiting) {
                run += one.result() ? 1 : 0;
            }
            int executed = run;
            Eventually.holds(() -> tally(cyAtA, "executed").size() == executed);
            assertThat(tally(cyAtA, "denied")).hasSize(MANY - run);
            assertThat(run).isBetween(1, MANY - 1);
            assertThat(servers.count("shared_tally")).isEqualTo(run);
            assertThat(servers.count("(SELECT DISTINCT n FROM shared_tally) AS once"))
                    .isEqualTo(run);
        } finally {
            for (Connection client : clients) {
                client.close();
            }
        }
    }

    private static boolean ran(Connection client, String sql) throws SQLException {
        try {
            Sql.run(client, sql);
            return true;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("PW001");
            return false;
        }
    }

    /** Every fourth is denied by whoever comes first; the other one is then told that it is too late. */
    private static boolean decideAll(ConsoleClient who, List<String> ids) throws SQLException {
        for (String id : ids) {
            try {
                if (id.hashCode() % 4 == 0) {
                    who.deny(id, "no");
                } else {
                    who.approve(id);
                }
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("55000");
            }
        }
        return true;
    }

    private static List<ConsoleClient.Row> tally(ConsoleClient console, String state) throws SQLException {
        return console.holds().stream()
                .filter(hold -> hold.statement().contains("INTO shared_tally"))
                .filter(hold -> hold.state().equals(state))
                .toList();
    }

    /** Kinds of what a proxy's audit says of a hold. */
    private static List<String> records(ProxyFixture proxy, String id) throws Exception {
        try (Stream<String> lines = Files.lines(proxy.audit())) {
            return lines.filter(line -> line.contains("\"hold\":\"" + id + '"'))
                    .map(line -> line.replaceAll(".*\"kind\":\"([a-z_]+)\".*", "$1"))
                    .toList();
        }
    }
}
