package io.holdfast.proxy.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.ControlStoreConfig;
import io.holdfast.postgres.PostgresCluster;
import io.holdfast.postgres.PostgresServer;
import io.holdfast.proxy.testing.Background;
import io.holdfast.proxy.testing.ControlDatabase;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.WireClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two proxies that share a control store. One of them is killed once, with clients at every step of a hold, so that its lease has to run
 * out but once; then the store is. Every hold ends in one state, nothing runs twice, and the audits say what has.
 */
@ExtendWith(Alarms.class)
class StoreDeathTest {
    private static final int MANY = 200;
    private static final Set<String> ENDS = Set.of("executed", "withdrawn", "unknown outcome", "failed");
    private static final Pattern TALLIED = Pattern.compile("INTO tally VALUES \\((\\d+)\\)");

    @AutoClose
    private static PostgresCluster cluster;

    private static TestServers servers;
    private static ChildProxy survivor;
    private static ChildProxy dying;
    private static Approver cy;
    private static Approver di;
    private static final List<WireClient> clients = new ArrayList<>();

    private static WireClient undecided;
    private static WireClient between;
    private static WireClient during;
    private static WireClient done;
    private static WireClient voter;

    @BeforeAll
    static void killOneOfTwo() throws Exception {
        servers = Victims.alive();
        cluster = PostgresCluster.builder()
                .version(Integer.getInteger(TestServers.VERSION, 18))
                .superuser("postgres", TestServers.PASSWORD)
                .standbys(0)
                .start();
        ControlStoreConfig.Shared store = ControlDatabase.createOn(cluster.primary());
        var starting = Background.run(() -> ChildProxy.sharing(store));
        survivor = ChildProxy.sharing(store);
        dying = starting.result();
        cy = new Approver(survivor.port(), "cy");
        di = new Approver(survivor.port(), "di");
        Victims.table("heirloom", 10);
        Victims.table("legacy", 10);
        Victims.table("farm", 10);
        Victims.table("estate", 10);
        Victims.table("heirs", 0);
        Victims.table("tally", 0);
        Victims.table("nothing", 0);
        servers.administer(
                "DROP ROLE IF EXISTS cleo",
                "CREATE ROLE cleo LOGIN IN ROLE shop_owner PASSWORD '" + TestServers.PASSWORD + '\'');

        undecided = holds(dying, "TRUNCATE heirloom /* undecided */");
        cy.approve(cy.awaitWaiting("undecided"));
        between = holds(dying, "TRUNCATE heirloom /* between */");
        String approvedTooLate = cy.awaitWaiting("between");
        voter = holds(survivor, "TRUNCATE farm /* voter */");
        try (Approver there = new Approver(dying.port(), "cy")) {
            there.approve(cy.awaitWaiting("voter"));
        }
        grant("DELETE FROM legacy /* granted */");
        during = holds(
                dying, "/* during */ WITH gone AS (DELETE FROM estate) INSERT INTO heirs SELECT 1 FROM pg_sleep(12)");
        done = holds(
                dying, "/* done */ WITH gone AS (DELETE FROM nothing) INSERT INTO heirs SELECT 2 FROM pg_sleep(3)");
        for (int i = 0; i < MANY; i++) {
            holds(
                    i % 2 == 0 ? dying : survivor,
                    List.of("ana", "bo", "cleo").get(i % 3),
                    "WITH gone AS (DELETE FROM nothing) INSERT INTO tally VALUES (" + i + ')');
        }
        await().atMost(Victims.LIMIT).until(() -> many(Set.of("waiting")) == MANY);
        List<String> ids = cy.holds("INTO tally").stream()
                .map(row -> row.substring(0, row.indexOf('|')))
                .toList();

        releaseAndAwaitBackend("during", "heir-during");
        for (Background<Boolean> one : agree(ids.subList(0, MANY / 2))) {
            one.result();
        }
        await().atMost(Victims.LIMIT).until(() -> many(Set.of("executed")) == MANY / 2);
        releaseAndAwaitBackend("done", "heir-done");
        dying.freeze(); // its transactions, if there are any, are thrown out soon
        approve(cy, approvedTooLate);
        approve(di, approvedTooLate);
        var agreeing = agree(ids.subList(MANY / 2, MANY));
        await().atMost(Victims.LIMIT)
                .until(() -> Victims.backends(servers.primary(), "heir-done").stream()
                        .noneMatch(row -> row.contains("|active|")));
        dying.kill();
        for (Background<Boolean> one : agreeing) {
            one.result();
        }
    }

    @AfterAll
    static void close() throws Exception {
        for (WireClient client : clients) {
            client.close();
        }
        cy.close();
        di.close();
        survivor.close();
        dying.close();
    }

    @Test
    void beforeTheDecisionItTakesItsHoldAlong() throws Exception {
        String id = cy.awaitHold("undecided", "withdrawn");
        assertThat(audit(survivor, id)).containsExactly("vote", "withdrawn");
        assertThat(audit(dying, id)).containsExactly("held");
        assertThat(undecided.readUntilClosed()).allMatch(frame -> frame.type() == 'N');
        assertThat(servers.count("heirloom")).isEqualTo(10);
    }

    @Test
    void betweenDecisionAndExecutionItRunsNothing() throws Exception {
        String id = cy.awaitHold("between", "withdrawn");
        assertThat(audit(survivor, id)).containsExactly("vote", "vote", "approved", "withdrawn");
        assertThat(audit(dying, id)).containsExactly("held");
        assertThat(between.readUntilClosed()).allMatch(frame -> frame.type() == 'N');
        assertThat(servers.count("heirloom")).isEqualTo(10);
    }

    @Test
    void whatItWasRunningHasNoKnownOutcomeAndRanOnce() throws Exception {
        String id = cy.awaitHold("during", "unknown outcome");
        assertThat(audit(survivor, id)).containsExactly("vote", "vote", "approved", "outcome");
        assertThat(audit(dying, id)).containsExactly("held", "released");
        assertThat(during.readUntilClosed()).allMatch(frame -> frame.type() == 'N');
        Victims.awaitNoBackend("heir-during"); // the server had it, and nobody asks for it again
        assertThat(servers.count("heirs WHERE id = 1")).isEqualTo(1);
    }

    @Test
    void whatWasDoneBeforeItCouldSaySoHasNoKnownOutcomeAndRanOnce() throws Exception {
        String id = cy.awaitHold("/* done */", "unknown outcome");
        assertThat(audit(survivor, id)).containsExactly("vote", "vote", "approved", "outcome");
        assertThat(audit(dying, id)).containsExactly("held", "released");
        assertThat(done.readUntilClosed()).allMatch(frame -> frame.type() == 'N');
        Victims.awaitNoBackend("heir-done");
        assertThat(servers.count("heirs WHERE id = 2")).isEqualTo(1);
    }

    @Test
    void aVoteThatItTookCountsAndTheOthersDecide() throws Exception {
        di.approve(cy.awaitWaiting("voter"));
        assertThat(voter.readUntil('Z'))
                .filteredOn(frame -> frame.type() != 'N')
                .extracting(Frame::code)
                .containsExactly("C", "Z");
        String id = cy.awaitHold("voter", "executed");
        assertThat(audit(dying, id)).containsExactly("vote");
        assertThat(audit(survivor, id)).containsExactly("held", "vote", "approved", "released", "outcome");
        assertThat(servers.count("farm")).isZero();
    }

    @Test
    void aGrantOfItsClientIsGoodAtTheOtherOnce() throws Exception {
        try (WireClient client = WireClient.login(survivor.port(), "heir-granted")) {
            assertThat(client.answerTo("DELETE FROM legacy /* granted */").tags())
                    .containsExactly("DELETE 10");
            assertThat(client.answerTo("DELETE FROM legacy /* granted */").hold())
                    .isNotNull();
        }
        cy.awaitHold("granted", "executed");
    }

    @Test
    void ofTwoHundredAtBothEachEndsInOneStateAndTheAuditsSayWhatRan() throws Exception {
        await().atMost(Victims.LIMIT).until(() -> many(ENDS) == MANY);
        Victims.awaitNoBackend("heir-many-dying");
        Map<Integer, String> states = new HashMap<>();
        for (String row : cy.holds("INTO tally")) {
            assertThat(states.put(number(row), row.split("\\|", -1)[1]))
                    .as("in one state: " + row)
                    .isNull();
        }
        List<Integer> released = new ArrayList<>();
        for (ChildProxy proxy : List.of(survivor, dying)) {
            proxy.audit().stream()
                    .filter(line -> line.contains("\"kind\":\"released\"") && line.contains("INTO tally"))
                    .forEach(line -> released.add(number(line)));
        }
        Set<Integer> ran = new TreeSet<>();
        for (String row : rows("SELECT id FROM tally")) {
            assertThat(ran.add(Integer.valueOf(row))).as("ran twice: " + row).isTrue();
        }
        assertThat(released).doesNotHaveDuplicates().containsAll(ran);
        for (int i = 0; i < MANY; i++) {
            String state = String.valueOf(states.get(i));
            switch (state) {
                case "executed" -> assertThat(ran).contains(i);
                case "withdrawn", "failed" -> assertThat(ran).doesNotContain(i);
                case "unknown outcome" -> {} // once or never, and on record if it did
                default -> throw new AssertionError(i + " is " + state);
            }
            assertThat(i % 2 == 0 || state.equals("executed"))
                    .as("the survivor's own: " + i)
                    .isTrue();
        }
        assertThat(states.values()).contains("withdrawn", "executed");
    }

    @Test
    void whileTheStoreIsDownNothingIsHeldAndWhatWaitsGoesOnWaiting() throws Exception {
        PostgresServer database = cluster.primary();
        Victims.table("stock", 10);
        await().atMost(Victims.LIMIT).until(() -> many(ENDS) == MANY); // the kill has been dealt with
        try (WireClient waiting = WireClient.login(survivor.port(), "heir");
                WireClient other = WireClient.login(survivor.port(), "heir")) {
            waiting.query("TRUNCATE stock /* outage */");
            String id = cy.awaitWaiting("outage");
            database.kill();

            other.query("TRUNCATE stock /* refused */");
            assertThat(other.readUntil('Z')).extracting(Frame::code).containsExactly("PW011", "Z");
            other.query("INSERT INTO heirs VALUES (3)");
            assertThat(other.readUntil('Z')).extracting(Frame::code).containsExactly("C", "Z");
            other.query("SELECT 1");
            assertThat(other.readUntil('Z')).extracting(Frame::code).containsExactly("T", "D", "C", "Z");

            database.start();
            await().atMost(Victims.LIMIT)
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .until(() -> cy.awaitWaiting("outage").equals(id));
            cy.approve(id);
            di.approve(id);
            assertThat(waiting.readUntil('Z'))
                    .filteredOn(frame -> frame.type() != 'N')
                    .extracting(Frame::code)
                    .containsExactly("C", "Z");
        }
        assertThat(servers.count("stock")).isZero();
        assertThat(servers.count("heirs WHERE id = 3")).isEqualTo(1);
    }

    private static WireClient holds(ChildProxy proxy, String sql) throws IOException {
        Matcher name = Pattern.compile("/\\* (\\w+) \\*/").matcher(sql);
        assertThat(name.find()).isTrue();
        return holds(proxy, "ana", "heir-" + name.group(1), sql);
    }

    private static void holds(ChildProxy proxy, String user, String sql) throws IOException {
        holds(proxy, user, proxy == dying ? "heir-many-dying" : "heir-many", sql);
    }

    private static WireClient holds(ChildProxy proxy, String user, String application, String sql) throws IOException {
        WireClient client = WireClient.login(proxy.port(), user, Map.of("application_name", application));
        clients.add(client);
        client.query(sql);
        return client;
    }

    /** A client of the dying one could not wait for this; it is approved meanwhile. */
    private static void grant(String sql) throws Exception {
        try (WireClient client = WireClient.login(dying.port(), "heir-ticket")) {
            client.answerTo("BEGIN");
            client.answerTo("INSERT INTO heirs VALUES (4)");
            assertThat(client.answerTo(sql).errors()).containsExactly("PW004");
        }
        String id = cy.awaitWaiting("granted");
        cy.approve(id);
        di.approve(id);
    }

    private static void releaseAndAwaitBackend(String what, String application) throws SQLException {
        String id = cy.awaitWaiting("/* " + what + " */");
        cy.approve(id);
        di.approve(id);
        cy.awaitHold("/* " + what + " */", "released");
        await().atMost(Victims.LIMIT)
                .until(() -> Victims.backends(servers.primary(), application).stream()
                        .anyMatch(row -> row.contains("pg_sleep")));
    }

    /** Two persons who agree with all of these, each beginning at another end. */
    private static List<Background<Boolean>> agree(List<String> ids) {
        return List.of(Background.run(() -> approve("cy", ids)), Background.run(() -> approve("di", ids.reversed())));
    }

    private static boolean approve(String who, List<String> ids) throws SQLException {
        try (Approver approver = new Approver(survivor.port(), who)) {
            for (String id : ids) {
                approve(approver, id);
            }
            return true;
        }
    }

    /** Until the control store has answered: it was approved, or has ended, or had been approved when nobody could say so. */
    private static void approve(Approver approver, String id) {
        await().atMost(Victims.LIMIT).pollDelay(Duration.ZERO).until(() -> {
            try {
                approver.approve(id);
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isIn("55000", "PW012");
                return e.getSQLState().equals("55000");
            }
            return true;
        });
    }

    private static long many(Set<String> states) throws SQLException {
        return cy.holds("INTO tally").stream()
                .filter(row -> states.contains(row.split("\\|", -1)[1]))
                .count();
    }

    private static int number(String text) {
        Matcher tallied = TALLIED.matcher(text);
        assertThat(tallied.find()).as(text).isTrue();
        return Integer.parseInt(tallied.group(1));
    }

    private static List<String> rows(String sql) throws SQLException {
        try (Connection connection = servers.superuser()) {
            return Sql.rows(connection, sql);
        }
    }

    /** Kinds of what an audit says of a hold; the last one may be on its way. */
    private static List<String> audit(ChildProxy proxy, String id) {
        return await().atMost(Victims.LIMIT)
                .until(
                        () -> proxy.audit().stream()
                                .filter(line -> line.contains("\"hold\":\"" + id + '"'))
                                .map(line -> line.replaceAll(".*\"kind\":\"([a-z_]+)\".*", "$1"))
                                .toList(),
                        kinds -> proxy == dying || kinds.contains("withdrawn") || kinds.contains("outcome"));
    }
}
