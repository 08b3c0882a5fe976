package io.holdfast.proxy.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.WireClient;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that waits for people: kept alive, told so, and not taken more from than it needs. */
@ExtendWith(Alarms.class)
class HeldClientTest {
    private static final int MEGABYTE = 1 << 20;

    private static TestServers servers;

    @AutoClose
    private static ChaosProxy proxy;

    @AutoClose
    private static Approver cy;

    @AutoClose
    private static Approver di;

    @BeforeAll
    static void open() throws Exception {
        servers = Victims.alive();
        proxy = ChaosProxy.start();
        cy = proxy.approver("cy");
        di = proxy.approver("di");
    }

    @BeforeEach
    void fill() throws Exception {
        Victims.table("patient", 10);
    }

    @Test
    void noticesComeEveryInterval() throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "held")) {
            client.query("TRUNCATE patient /* notices */");
            for (int i = 0; i < 5; i++) {
                assertThat(client.read().toString())
                        .startsWith("N 01000 held as")
                        .endsWith("0 so far");
            }
            cy.approve(cy.awaitWaiting("notices"));
            await().atMost(Victims.LIMIT).until(() -> client.read().message().endsWith("1 so far"));
        }
    }

    @Test
    void theKernelProbesWhetherTheClientIsStillThere() throws Exception {
        assumeThat(Path.of("/proc/net/tcp")).exists();
        try (WireClient client = WireClient.login(proxy.port(), "held")) {
            client.query("TRUNCATE patient /* keepalive */");
            cy.awaitWaiting("keepalive");
            await().atMost(Victims.LIMIT)
                    .pollInterval(Duration.ofMillis(5)) // between two notices that are under way
                    .until(() -> Sockets.peerProbes(client.socket()));
        }
    }

    @Test
    void whatAHeldClientSendsAheadIsNotTakenInAndRunsInOrderAfterwards() throws Exception {
        byte[] query = longQuery();
        int queries = 100 * MEGABYTE / query.length;
        try (WireClient client = WireClient.login(proxy.port(), "held")) {
            client.query("TRUNCATE patient /* ahead */");
            String hold = cy.awaitWaiting("ahead");
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < queries; i++) {
                        client.send(query);
                    }
                } catch (IOException e) {
                    // the test has ended
                }
            });
            await().atMost(Victims.LIMIT).until(() -> Sockets.isBlocked(client.socket()));
            cy.approve(hold);
            di.approve(hold);
            assertThat(client.readUntil('Z'))
                    .filteredOn(frame -> frame.type() != 'N')
                    .extracting(Frame::code)
                    .containsExactly("C", "Z");
            for (int i = 0; i < queries; i++) {
                assertThat(client.readUntil('Z')).extracting(Frame::code).containsExactly("T", "D", "C", "Z");
            }
            sender.join();
        }
        assertThat(servers.count("patient")).isZero();
    }

    private static byte[] longQuery() {
        return WireClient.bytes(out -> FrontendWriter.query(out, "SELECT length('" + "y".repeat(100_000) + "')"));
    }

    /** Even one that has filled every buffer on its way. */
    @Test
    void aHeldClientThatHasSentTooMuchAndIsKilledIsStillNoticed() throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "held")) {
            client.query("TRUNCATE patient /* stuffed */");
            cy.awaitWaiting("stuffed");
            try (SocketChannel stuffed = client.socket().getChannel();
                    Selector selector = Selector.open()) {
                stuffed.configureBlocking(false);
                stuffed.register(selector, SelectionKey.OP_WRITE);
                while (selector.select(500) > 0) {
                    selector.selectedKeys().clear();
                    stuffed.write(ByteBuffer.wrap(longQuery()));
                }
                stuffed.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            cy.awaitHold("stuffed", "withdrawn");
        }
        assertThat(servers.count("patient")).isEqualTo(10);
    }
}
