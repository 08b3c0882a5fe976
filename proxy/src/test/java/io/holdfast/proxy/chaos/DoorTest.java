package io.holdfast.proxy.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.Limits;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.WireClient;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes before a login: each bad guest is shown out alone, while another client goes on working. */
@ExtendWith(Alarms.class)
class DoorTest {
    private static final int MAX_CLIENTS = 5;
    private static final Duration HANDSHAKE = Duration.ofMillis(1500);
    private static final int PROTOCOL_3 = 3 << 16;

    @AutoClose
    private static ChaosProxy proxy;

    @AutoClose
    private static Connection bystander;

    @BeforeAll
    static void open() throws Exception {
        proxy = ChaosProxy.start(new Limits(MAX_CLIENTS, HANDSHAKE, 1 << 20), false);
        bystander = proxy.connect("bystander");
    }

    @AfterEach
    void theOtherClientGoesOn() throws Exception {
        assertThat(Sql.number(bystander, "SELECT 41 + 1")).isEqualTo(42);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomBytesEndTheirConnectionOnly(long seed) throws Exception {
        byte[] garbage = new byte[20_000];
        new Random(seed).nextBytes(garbage);
        try (WireClient client = new WireClient(proxy.port())) {
            client.send(garbage);
            assertThat(client.readUntilClosed()).allMatch(frame -> frame.type() == 'E');
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @Test
    void anHttpRequestIsNotAnswered() throws Exception {
        try (WireClient client = new WireClient(proxy.port())) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            assertThat(client.readUntilClosed()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 7, 10_005, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void anImpossibleLengthEndsTheConnectionBeforeMoreIsRead(int length) throws Exception {
        try (WireClient client = new WireClient(proxy.port())) {
            client.send(ints(length));
            assertThat(client.readUntilClosed()).isEmpty();
        }
    }

    @Test
    void startupPacketThatNeverEndsIsCutOff() throws Exception {
        try (WireClient client = new WireClient(proxy.port())) {
            client.send(ints(9000, PROTOCOL_3));
            assertThat(client.readUntilClosed()).isEmpty();
        }
    }

    @Test
    void startupPacketOfOneByteAtATimeIsCutOff() throws Exception {
        byte[] startup = WireClient.bytes(out ->
                FrontendWriter.startup(out, 3, 0, Map.of("user", "ana", "options", "-c x=" + "y".repeat(4000))));
        try (WireClient client = new WireClient(proxy.port())) {
            int sent = trickle(client, startup);
            assertThat(sent).isLessThan(startup.length);
        }
    }

    /** A byte every 10 ms until the proxy has had enough. */
    private static int trickle(WireClient client, byte[] bytes) throws InterruptedException {
        for (int i = 0; i < bytes.length; i++) {
            try {
                client.send(new byte[] {bytes[i]});
            } catch (IOException e) {
                return i;
            }
            Thread.sleep(10); // the point of this client
        }
        return bytes.length;
    }

    @Test
    void silenceIsCutOff() throws Exception {
        try (WireClient client = new WireClient(proxy.port())) {
            assertThat(client.readUntilClosed()).isEmpty();
        }
    }

    @Test
    void silenceAfterTheOfferToAuthenticateIsCutOffAndLeavesNoBackend() throws Exception {
        try (WireClient client = new WireClient(proxy.port())) {
            client.startup("ana", "silent");
            assertThat(client.readUntilClosed()).extracting(Frame::code).containsExactly("R", "57014");
        }
        Victims.awaitNoBackend("silent");
    }

    @Test
    void withoutTlsASecondSslRequestIsRefused() throws Exception {
        try (WireClient client = new WireClient(proxy.port())) {
            client.send(FrontendWriter::sslRequest);
            assertThat(client.readByte()).isEqualTo('N');
            client.send(FrontendWriter::sslRequest);
            assertThat(client.readUntilClosed()).extracting(Frame::code).containsExactly("0A000");
        }
    }

    @Test
    void withoutTlsStuffedBytesAreRefused() throws Exception {
        try (WireClient client = new WireClient(proxy.port())) {
            client.send(out -> {
                FrontendWriter.sslRequest(out);
                FrontendWriter.startup(out, 3, 0, Map.of("user", "ana"));
            });
            assertThat(client.readByte()).isEqualTo('N');
            assertThat(client.readUntilClosed()).extracting(Frame::code).containsExactly("08P01");
        }
    }

    @ParameterizedTest
    @MethodSource("noPasswords")
    void whatIsNoPasswordIsRefused(byte[] instead) throws Exception {
        try (WireClient client = new WireClient(proxy.port())) {
            client.startup("ana", "garbage");
            assertThat(client.read().type()).isEqualTo('R');
            client.send(instead);
            assertThat(client.readUntilClosed()).extracting(Frame::code).containsExactly("08P01");
        }
    }

    static List<byte[]> noPasswords() {
        List<Consumer<ByteBuf>> messages = List.of(
                out -> FrontendWriter.query(out, "SELECT 1"),
                out -> FrontendWriter.password(out, "x".repeat(5000)),
                out -> FrontendWriter.password(out, "clear"),
                out -> FrontendWriter.saslInitialResponse(out, "SCRAM-SHA-256", new byte[] {0, 1, 2}),
                out -> FrontendWriter.saslInitialResponse(out, "PLAIN", null),
                out -> out.writeByte('p').writeInt(3),
                out -> out.writeByte('p').writeInt(-1),
                out -> out.writeByte('p').writeInt(Integer.MAX_VALUE),
                out -> out.writeZero(64));
        return messages.stream().map(WireClient::bytes).toList();
    }

    @Test
    void aFloodInsteadOfAPasswordIsNotTakenIn() throws Exception {
        try (WireClient client = new WireClient(proxy.port())) {
            client.startup("ana", "flood");
            byte[] megabyte = new byte[1 << 20];
            assertThat(megabytesTaken(client, megabyte)).isLessThan(64);
        }
    }

    private static int megabytesTaken(WireClient client, byte[] megabyte) {
        for (int i = 0; i < 64; i++) {
            try {
                client.send(megabyte);
            } catch (IOException e) {
                return i;
            }
        }
        return 64;
    }

    @Test
    void halfOpenConnectionsLeaveNoBackendAndTheProxyAnswersAfterwards() throws Exception {
        List<WireClient> halfOpen = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                WireClient client = new WireClient(proxy.port());
                halfOpen.add(client);
                if (i % 2 == 0) {
                    client.send(ints(100, PROTOCOL_3));
                }
            }
            for (WireClient client : halfOpen) {
                assertThat(client.readUntilClosed()).isEmpty();
            }
        } finally {
            for (WireClient client : halfOpen) {
                client.close();
            }
        }
        try (Connection next = proxy.connect("next")) {
            assertThat(Sql.number(next, "SELECT 1")).isEqualTo(1);
        }
        Victims.awaitNoBackend("next");
    }

    @Test
    void clientsBeyondTheLimitAreToldSoAndRoomIsGivenBack() throws Exception {
        List<WireClient> clients = new ArrayList<>();
        try {
            for (int i = 1; i < MAX_CLIENTS; i++) {
                clients.add(WireClient.login(proxy.port(), "full"));
            }
            try (WireClient oneTooMany = new WireClient(proxy.port())) {
                oneTooMany.startup("ana", "full");
                assertThat(oneTooMany.readUntilClosed()).extracting(Frame::code).containsExactly("53300");
            }
        } finally {
            for (WireClient client : clients) {
                client.reset();
            }
        }
        await().atMost(Victims.LIMIT).ignoreExceptions().until(() -> {
            WireClient.login(proxy.port(), "room").close();
            return true;
        });
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }
}
