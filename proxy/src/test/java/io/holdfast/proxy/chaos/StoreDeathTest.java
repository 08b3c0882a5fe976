package io.holdfast.proxy.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.ControlStoreConfig;
import io.holdfast.postgres.PostgresCluster;
import io.holdfast.postgres.PostgresServer;
import io.holdfast.proxy.testing.ControlDatabase;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.WireClient;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proxies that share a control store and die, and a control store that does: every hold ends in one state, and nothing runs twice. */
@ExtendWith(Alarms.class)
class StoreDeathTest {
    @AutoClose
    private static PostgresCluster cluster;

    private static ControlStoreConfig.Shared store;
    private static ChildProxy survivor;
    private static Approver cy;
    private static Approver di;

    private final TestServers servers = Victims.alive();

    @BeforeAll
    static void open() throws Exception {
        cluster = PostgresCluster.builder()
                .version(Integer.getInteger(TestServers.VERSION, 18))
                .superuser("postgres", TestServers.PASSWORD)
                .standbys(0)
                .start();
        store = ControlDatabase.createOn(cluster.primary());
        survivor = ChildProxy.sharing(store);
        cy = new Approver(survivor.port(), "cy");
        di = new Approver(survivor.port(), "di");
    }

    @AfterAll
    static void close() throws Exception {
        cy.close();
        di.close();
        survivor.close();
    }

    @BeforeEach
    void fill() throws Exception {
        Victims.table("heirloom", 10);
        Victims.table("heirs", 0);
    }

    @Test
    void aProxyThatIsKilledBeforeTheDecisionTakesItsHoldAlong() throws Exception {
        try (ChildProxy dying = ChildProxy.sharing(store);
                WireClient client = WireClient.login(dying.port(), "heir")) {
            client.query("TRUNCATE heirloom /* undecided */");
            cy.approve(cy.awaitWaiting("undecided"));
            dying.kill();
            String id = cy.awaitHold("undecided", "withdrawn");

            assertThat(audit(id)).endsWith("withdrawn");
            assertThat(client.readUntilClosed()).allMatch(frame -> frame.type() == 'N');
        }
        Victims.awaitNoBackend("heir");
        assertThat(servers.count("heirloom")).isEqualTo(10);
    }

    @Test
    void aProxyThatIsKilledBetweenDecisionAndExecutionRunsNothing() throws Exception {
        try (ChildProxy dying = ChildProxy.sharing(store);
                WireClient client = WireClient.login(dying.port(), "heir")) {
            client.query("TRUNCATE heirloom /* between */");
            String id = cy.awaitWaiting("between");
            dying.freeze();
            cy.approve(id);
            di.approve(id);
            dying.kill();
            cy.awaitHold("between", "withdrawn");

            assertThat(audit(id)).containsExactly("vote", "vote", "approved", "withdrawn");
            assertThat(client.readUntilClosed()).allMatch(frame -> frame.type() == 'N');
        }
        Victims.awaitNoBackend("heir");
        assertThat(servers.count("heirloom")).isEqualTo(10);
    }

    @Test
    void whatAProxyRanThatIsKilledHasNoKnownOutcomeAndRanOnce() throws Exception {
        try (ChildProxy dying = ChildProxy.sharing(store);
                WireClient client = WireClient.login(dying.port(), "heir")) {
            client.query(
                    "/* during */ WITH gone AS (DELETE FROM heirloom) INSERT INTO heirs SELECT 1 FROM pg_sleep(1)");
            String id = cy.awaitWaiting("during");
            cy.approve(id);
            di.approve(id);
            cy.awaitHold("during", "released");
            await().atMost(Victims.LIMIT)
                    .until(() -> Victims.backends(servers.primary(), "heir").stream()
                            .anyMatch(row -> row.contains("pg_sleep")));
            dying.kill();
            cy.awaitHold("during", "unknown outcome");

            assertThat(audit(id)).containsExactly("vote", "vote", "approved", "outcome");
            assertThat(client.readUntilClosed()).allMatch(frame -> frame.type() == 'N');
        }
        Victims.awaitNoBackend("heir");
        assertThat(servers.count("heirs")).isEqualTo(1); // the server had it, and nobody asks for it again
        assertThat(servers.count("heirloom")).isZero();
    }

    @Test
    void aProxyThatIsKilledAfterItsVoteLeavesTheDecisionToTheOthers() throws Exception {
        try (ChildProxy dying = ChildProxy.sharing(store);
                WireClient client = WireClient.login(survivor.port(), "heir")) {
            client.query("TRUNCATE heirloom /* voter */");
            String id = cy.awaitWaiting("voter");
            Approver there = new Approver(dying.port(), "cy");
            there.approve(id);
            dying.kill();
            di.approve(id);

            assertThat(client.readUntil('Z'))
                    .filteredOn(frame -> frame.type() != 'N')
                    .extracting(Frame::code)
                    .containsExactly("C", "Z");
            cy.awaitHold("voter", "executed");
        }
        assertThat(servers.count("heirloom")).isZero();
    }

    @Test
    void whileTheStoreIsDownNothingIsHeldAndWhatWaitsGoesOnWaiting() throws Exception {
        PostgresServer database = cluster.primary();
        try (WireClient waiting = WireClient.login(survivor.port(), "heir");
                WireClient other = WireClient.login(survivor.port(), "heir")) {
            waiting.query("TRUNCATE heirloom /* outage */");
            String id = cy.awaitWaiting("outage");
            database.kill();

            other.query("TRUNCATE heirloom /* refused */");
            assertThat(other.readUntil('Z')).extracting(Frame::code).containsExactly("PW011", "Z");
            other.query("INSERT INTO heirs VALUES (1)");
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
        assertThat(servers.count("heirloom")).isZero();
        assertThat(servers.count("heirs")).isEqualTo(1);
    }

    /** Kinds of what the survivor's audit says of a hold; the last one may be on its way. */
    private static List<String> audit(String id) {
        return await().atMost(Victims.LIMIT)
                .until(
                        () -> survivor.audit().stream()
                                .filter(line -> line.contains("\"hold\":\"" + id + '"'))
                                .map(line -> line.replaceAll(".*\"kind\":\"([a-z_]+)\".*", "$1"))
                                .toList(),
                        kinds -> kinds.contains("withdrawn") || kinds.contains("outcome"));
    }
}
