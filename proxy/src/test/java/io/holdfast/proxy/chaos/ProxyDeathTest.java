package io.holdfast.proxy.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.WireClient;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A proxy that ends, politely or not: what it held has not run, and no server keeps a backend of it. */
@ExtendWith(Alarms.class)
class ProxyDeathTest {
    private TestServers servers = Victims.alive();

    @BeforeEach
    void fill() throws Exception {
        Victims.table("survivor", 10);
    }

    @Test
    void aProxyThatClosesSaysGoodbyeToEverybodyAndWithdrawsWhatItHeld() throws Exception {
        ChaosProxy proxy = ChaosProxy.start();
        try (WireClient idle = WireClient.login(proxy.port(), "orphan");
                WireClient held = WireClient.login(proxy.port(), "orphan");
                WireClient running = WireClient.login(proxy.port(), "orphan");
                WireClient copying = WireClient.login(proxy.port(), "orphan");
                WireClient inTransaction = WireClient.login(proxy.port(), "orphan");
                Approver cy = proxy.approver("cy")) {
            held.query("TRUNCATE survivor /* closing */");
            cy.approve(cy.awaitWaiting("closing"));
            running.query("SELECT count(*) FROM survivor, pg_sleep(1)");
            copying.query("COPY survivor FROM STDIN");
            assertThat(copying.read().type()).isEqualTo('G');
            copying.send(out -> FrontendWriter.copyData(out, new byte[] {'7', '\n'}));
            inTransaction.ask("BEGIN");
            inTransaction.ask("DELETE FROM survivor WHERE id = 1");
            await().atMost(Victims.LIMIT)
                    .until(() -> Victims.backends(servers.follower(), "orphan").stream()
                            .anyMatch(row -> row.contains("pg_sleep")));
            proxy.close();
            for (WireClient client : List.of(idle, held, running, copying, inTransaction)) {
                assertThat(client.readUntilClosed())
                        .last()
                        .extracting(Frame::code)
                        .isEqualTo("57P01");
            }
        }
        Victims.awaitNoBackend("orphan");
        assertThat(servers.count("survivor")).isEqualTo(10);
        assertThat(proxy.audit()).anyMatch(line -> line.contains("\"withdrawn\""));
    }

    /** A client that reads nothing must not keep the proxy from closing. */
    @Test
    void aProxyClosesThoughAClientDoesNotRead() throws Exception {
        ChaosProxy proxy = ChaosProxy.start();
        try (WireClient deaf = WireClient.login(proxy.port(), "orphan")) {
            deaf.query("SELECT repeat('x', 1000), generate_series(1, 1000000)");
            assertThat(deaf.read().type()).isEqualTo('T');
            proxy.close();
            assertThat(deaf.readUntilClosed()).allMatch(frame -> frame.type() == 'D');
        }
        Victims.awaitNoBackend("orphan");
    }

    @Test
    void aProxyThatIsKilledLeavesTheTableFullAndNoBackend() throws Exception {
        try (ChildProxy proxy = ChildProxy.start();
                WireClient held = WireClient.login(proxy.port(), "orphan");
                WireClient inTransaction = WireClient.login(proxy.port(), "orphan");
                Approver cy = new Approver(proxy.port(), "cy")) {
            held.query("TRUNCATE survivor /* killed */");
            cy.approve(cy.awaitWaiting("killed"));
            inTransaction.ask("BEGIN");
            inTransaction.ask("DELETE FROM survivor WHERE id = 1");
            proxy.kill();
            assertThat(held.readUntilClosed()).allMatch(frame -> frame.type() == 'N');
            assertThat(inTransaction.readUntilClosed()).isEmpty();
        } catch (SQLException e) {
            assertThat(e.getSQLState()).startsWith("08"); // the approver's goodbye
        }
        Victims.awaitNoBackend("orphan");
        assertThat(servers.count("survivor")).isEqualTo(10);
    }

    @Test
    void sigtermEndsAProxyWithHeldAndIdleClientsInTime() throws Exception {
        try (ChildProxy proxy = ChildProxy.start();
                WireClient held = WireClient.login(proxy.port(), "orphan");
                WireClient idle = WireClient.login(proxy.port(), "orphan");
                Approver cy = new Approver(proxy.port(), "cy")) {
            held.query("TRUNCATE survivor /* sigterm */");
            cy.awaitWaiting("sigterm");
            assertThat(proxy.terminate()).isIn(0, 143);
            assertThat(held.readUntilClosed()).last().extracting(Frame::code).isEqualTo("57P01");
            assertThat(idle.readUntilClosed()).last().extracting(Frame::code).isEqualTo("57P01");
            assertThat(proxy.audit()).anyMatch(line -> line.contains("\"withdrawn\""));
        }
        Victims.awaitNoBackend("orphan");
        assertThat(servers.count("survivor")).isEqualTo(10);
    }
}
