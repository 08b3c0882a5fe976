package io.holdfast.proxy.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.Sql;
import io.holdfast.proxy.testing.WireClient;
import io.netty.buffer.ByteBuf;
import java.sql.Connection;
import java.util.List;
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

/** Garbage from a client that has logged in ends its own session, with 08P01 as from a server, and its backends. */
@ExtendWith(Alarms.class)
class SessionGarbageTest {
    @AutoClose
    private static ChaosProxy proxy;

    @AutoClose
    private static Connection bystander;

    @BeforeAll
    static void open() throws Exception {
        proxy = ChaosProxy.start();
        bystander = proxy.connect("bystander");
        Victims.table("untouched", 10);
    }

    @AfterEach
    void nobodyElseIsHarmed() throws Exception {
        Victims.awaitNoBackend("garbage");
        assertThat(Sql.number(bystander, "SELECT count(*) FROM untouched")).isEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("violations")
    void whatIsNoMessageEndsTheSession(byte[] garbage) throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "garbage")) {
            client.send(garbage);
            assertThat(client.readUntilClosed()).extracting(Frame::code).containsExactly("08P01");
        }
    }

    @ParameterizedTest
    @MethodSource("violations")
    void theAnswerOfAGoodQueryBeforeItIsNotMixedUpWithIt(byte[] garbage) throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "garbage")) {
            client.query("SELECT repeat('x', 2000) FROM generate_series(1, 2000)");
            client.send(garbage);
            List<Frame> frames = client.readUntilClosed();
            assertThat(frames).extracting(Frame::code).isSubsetOf("T", "D", "C", "Z", "08P01");
        }
    }

    @ParameterizedTest
    @MethodSource("violations")
    void garbageBehindAnOpenTransactionRollsItBack(byte[] garbage) throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "garbage")) {
            client.ask("BEGIN");
            client.ask("INSERT INTO untouched VALUES (11)");
            client.send(garbage);
            assertThat(client.readUntilClosed()).extracting(Frame::code).containsExactly("08P01");
        }
    }

    static List<byte[]> violations() {
        List<Consumer<ByteBuf>> messages = List.of(
                out -> out.writeByte('z').writeInt(4),
                out -> out.writeByte(0).writeInt(4),
                out -> out.writeByte('Q').writeInt(0),
                out -> out.writeByte('Q').writeInt(3),
                out -> out.writeByte('Q').writeInt(-1),
                out -> out.writeByte('Q').writeInt(Integer.MAX_VALUE),
                out -> out.writeByte('d').writeInt(Integer.MAX_VALUE),
                out -> out.writeByte('S').writeInt(5).writeByte(0),
                out -> out.writeByte('S').writeInt(100_000),
                out -> out.writeByte('H').writeInt(8).writeInt(0),
                out -> out.writeByte('P')
                        .writeInt(4 + 9)
                        .writeBytes(new byte[] {0, 'S', 'E', 'L', 'E', 'C', 'T', ' ', '1'}),
                out -> out.writeByte('B').writeInt(4 + 2).writeZero(2),
                out -> out.writeByte('D').writeInt(4 + 2).writeByte('?').writeZero(1),
                out -> out.writeByte('E').writeInt(4 + 1).writeZero(1),
                out -> out.writeByte('C').writeInt(4),
                out -> out.writeByte('F').writeInt(4 + 2).writeZero(2),
                out -> FrontendWriter.password(out, "again"),
                FrontendWriter::sslRequest);
        return messages.stream().map(WireClient::bytes).toList();
    }

    @Test
    void aQueryWithoutItsTerminatorIsRefusedAsAServerDoesAndTheSessionGoesOn() throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "garbage")) {
            client.send(out -> out.writeByte('Q').writeInt(4 + 8).writeBytes("SELECT 1".getBytes(US_ASCII)));
            assertThat(client.readUntil('Z')).extracting(Frame::code).containsExactly("08P01", "Z");
            assertThat(client.ask("SELECT 1")).extracting(Frame::code).containsExactly("T", "D", "C", "Z");
        }
    }

    @Test
    void copyMessagesOutsideOfACopyAreIgnoredAsAServerDoes() throws Exception {
        try (WireClient client = WireClient.login(proxy.port(), "garbage")) {
            client.send(out -> {
                FrontendWriter.copyData(out, new byte[100_000]);
                FrontendWriter.copyDone(out);
                FrontendWriter.copyFail(out, "why");
                FrontendWriter.query(out, "SELECT 1");
            });
            assertThat(client.readUntil('Z')).extracting(Frame::code).containsExactly("T", "D", "C", "Z");
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomBytesNeitherHangNorRun(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] garbage = new byte[10_000];
        random.nextBytes(garbage);
        try (WireClient client = WireClient.login(proxy.port(), "garbage")) {
            client.send(garbage);
            client.socket().shutdownOutput();
            assertThat(client.readUntilClosed()).extracting(Frame::code).isSubsetOf("08P01");
        }
    }

    /** Well-formed frames with bodies of noise: more gets past the framing, to the readers of the messages. */
    @ParameterizedTest
    @MethodSource("seeds")
    void framesOfNoiseNeitherHangNorRun(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] noise = WireClient.bytes(out -> {
            for (int i = 0; i < 200; i++) {
                byte[] body = new byte[random.nextInt(40)];
                random.nextBytes(body);
                out.writeByte("QPBDECSHFdcf".charAt(random.nextInt(12)))
                        .writeInt(4 + body.length)
                        .writeBytes(body);
            }
        });
        try (WireClient client = WireClient.login(proxy.port(), "garbage")) {
            client.send(noise);
            client.socket().shutdownOutput();
            assertThat(client.readUntilClosed()).extracting(Frame::type).isSubsetOf('E', 'Z', 'N', 'I', '1', '2', '3');
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 10);
    }
}
