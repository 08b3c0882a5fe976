package io.holdfast.proxy.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.postgres.PostgresServer;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.WireClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Far more bytes than the proxy has memory for, through a JVM with a small heap: an OutOfMemoryError, or a limit that was not
 * kept, ends it. {@code -Dholdfast.test.large=true} sends 1 GB each way instead of 256 MB.
 */
class StreamingTest {
    private static final int MEGABYTE = 1_000_000;
    private static final int MEGABYTES = Boolean.getBoolean("holdfast.test.large") ? 1000 : 256;

    /** Heap and buffers each, in MiB; what the JVM itself needs comes on top. */
    private static final int MEMORY = Boolean.getBoolean("holdfast.test.large") ? 128 : 48;

    private static final int JVM_MEGABYTES = 200;

    @AutoClose
    private static ChildProxy proxy;

    private static TestServers servers;

    @BeforeAll
    static void open() throws Exception {
        servers = Victims.alive();
        servers.execute("DROP TABLE IF EXISTS flood", "CREATE UNLOGGED TABLE flood (line text)");
        proxy = ChildProxy.start("-Xmx" + MEMORY + "m", "-XX:MaxDirectMemorySize=" + MEMORY + "m");
    }

    @AfterAll
    static void theProxyNeverNeededMore() throws Exception {
        assertThat(proxy.peakMegabytes()).as("resident, in MiB").isLessThan(2L * MEMORY + JVM_MEGABYTES);
        assertThat(proxy.log()).doesNotContain("OutOfMemory");
        servers.execute("DROP TABLE flood");
    }

    @Test
    void aLargeResultOfManyRowsGoesThrough() throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "flood")) {
            client.query("SELECT repeat('x', 1000), generate_series(1, " + MEGABYTES * 1000 + ")");
            assertThat(client.countUntilReady('D')).isEqualTo(MEGABYTES * 1000L);
        }
    }

    @Test
    void aLargeCopyOutGoesThrough() throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "flood")) {
            client.query("COPY (SELECT repeat('x', 1000), generate_series(1, " + MEGABYTES * 1000 + ")) TO STDOUT");
            assertThat(client.countUntilReady('d')).isEqualTo(MEGABYTES * 1000L);
        }
    }

    @Test
    void aSingleRowLargerThanAllMemoryIsStreamed() throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "flood")) {
            client.query("SELECT repeat('x', 120000000)");
            assertThat(client.countUntilReady('D')).isEqualTo(1);
        }
    }

    @Test
    void aLargeCopyInGoesThrough() throws Exception {
        byte[] lines = ("z".repeat(999) + '\n').repeat(64).getBytes(StandardCharsets.US_ASCII);
        byte[] message = WireClient.bytes(out -> FrontendWriter.copyData(out, lines));
        int messages = MEGABYTES * 1000 / 64;
        try (WireClient client = WireClient.login(proxy.port(), "flood")) {
            client.query("COPY flood FROM STDIN");
            assertThat(client.read().type()).isEqualTo('G');
            for (int i = 0; i < messages; i++) {
                client.send(message);
            }
            client.send(FrontendWriter::copyDone);
            assertThat(client.readUntil('Z').getFirst().text()).startsWith("COPY " + messages * 64L);
        }
    }

    /** The server reads nothing while it waits for the lock. */
    @Test
    void aServerThatDoesNotReadHoldsTheClientBack() throws Exception {
        byte[] value = "y".repeat(MEGABYTE).getBytes(StandardCharsets.US_ASCII);
        byte[] message = WireClient.bytes(out -> FrontendWriter.copyData(out, value));
        try (Connection blocker = servers.direct("ana");
                WireClient client = WireClient.login(proxy.port(), "flood")) {
            Sql.run(blocker, "BEGIN");
            Sql.run(blocker, "LOCK TABLE flood");
            client.query("COPY flood FROM STDIN"); // the lock comes before the answer
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 100; i++) {
                        client.send(message);
                    }
                    client.send(out -> FrontendWriter.copyFail(out, "enough"));
                } catch (IOException e) {
                    // the test has ended
                }
            });
            await().atMost(Victims.LIMIT).until(() -> Sockets.isBlocked(client.socket()));
            Sql.run(blocker, "ROLLBACK");
            List<Frame> frames = client.readUntil('Z');
            assertThat(frames).extracting(Frame::code).containsExactly("G", "57014", "Z");
            sender.join();
        }
    }

    /**
     * Many that do not read what they asked for; then they do, and get all of it. Each result is larger than what the kernel's
     * buffers of the four sockets between server and client may grow to (some systems let one receive buffer grow to 32 MiB), so
     * that a server whose bytes nobody takes has to wait.
     */
    @Test
    void clientsThatDoNotReadHoldTheirServersBack() throws Exception {
        int clients = 10;
        int rows = 160_000;
        var deaf = new ArrayList<WireClient>();
        try {
            for (int i = 0; i < clients; i++) {
                WireClient client = WireClient.login(proxy.port(), "deaf");
                deaf.add(client);
                client.query("SELECT repeat('x', 1000), generate_series(1, " + rows + ")");
            }
            await().atMost(Victims.LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> assertThat(blockedBackends()).isEqualTo(clients));
            for (WireClient client : deaf) {
                assertThat(client.countUntilReady('D')).isEqualTo(rows);
            }
        } finally {
            for (WireClient client : deaf) {
                client.close();
            }
        }
    }

    /** On either server: a read goes to the primary while the follower is still replaying what came before. */
    private static long blockedBackends() throws Exception {
        return blockedBackends(servers.primary()) + blockedBackends(servers.follower());
    }

    private static long blockedBackends(PostgresServer server) throws Exception {
        try (Connection connection = server.connect(TestServers.DATABASE)) {
            return Sql.number(
                    connection,
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'deaf' AND wait_event = 'ClientWrite'");
        }
    }

    @Test
    void aTextLongerThanIsInspectedIsRefusedWithoutBeingKept() throws Exception {
        byte[] spaces = " ".repeat(MEGABYTE).getBytes(StandardCharsets.US_ASCII);
        try (WireClient client = WireClient.login(proxy.port(), "flood")) {
            client.send(out -> out.writeByte('Q').writeInt(4 + 100 * MEGABYTE));
            for (int i = 0; i < 100; i++) {
                client.send(spaces);
            }
            assertThat(client.readUntil('Z')).extracting(Frame::code).containsExactly("PW006", "Z");
            assertThat(client.ask("SELECT 1")).extracting(Frame::code).containsExactly("T", "D", "C", "Z");
        }
    }

    @Test
    void aValueLargerThanAllMemoryIsBound() throws Exception {
        byte[] value = "v".repeat(MEGABYTE).getBytes(StandardCharsets.US_ASCII);
        try (WireClient client = WireClient.login(proxy.port(), "flood")) {
            client.send(out -> {
                FrontendWriter.parse(out, "", "INSERT INTO flood VALUES (length($1)::text)");
                out.writeByte('B')
                        .writeInt(4 + 1 + 1 + 2 + 2 + 4 + 150 * MEGABYTE + 2)
                        .writeZero(1 + 1 + 2)
                        .writeShort(1)
                        .writeInt(150 * MEGABYTE);
            });
            for (int i = 0; i < 150; i++) {
                client.send(value);
            }
            client.send(out -> {
                out.writeZero(2);
                FrontendWriter.execute(out, "", 0);
                FrontendWriter.sync(out);
            });
            assertThat(client.readUntil('Z')).extracting(Frame::code).containsExactly("1", "2", "C", "Z");
        }
    }
}
