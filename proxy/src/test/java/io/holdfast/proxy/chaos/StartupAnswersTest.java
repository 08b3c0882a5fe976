package io.holdfast.proxy.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.startup.RequestCode;
import io.holdfast.proxy.testing.Frame;
import io.holdfast.proxy.testing.WireClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first packets, right and wrong, sent to a server and to the proxy in front of it: both answer the same. */
@ExtendWith(Alarms.class)
class StartupAnswersTest {
    private static final int V3_0 = 3 << 16;

    @AutoClose
    private static ChaosProxy proxy;

    @BeforeAll
    static void open() throws Exception {
        proxy = ChaosProxy.start();
    }

    @ParameterizedTest
    @MethodSource("packets")
    void theProxyAnswersAsTheServer(Packets packets) throws Exception {
        List<String> server = answers(Victims.alive().primary().port(), packets);
        assertThat(answers(proxy.port(), packets)).isEqualTo(server);
    }

    static Stream<Packets> packets() {
        return Stream.of(
                one("a login", out -> startup(out, "user", "ana", "database", "shop")),
                one("no user", out -> startup(out, "database", "shop")),
                one("an empty user", out -> startup(out, "user", "", "database", "shop")),
                one("a user that is not there", out -> startup(out, "user", "nobody")),
                one("a user of 70 bytes", out -> startup(out, "user", "x".repeat(70))),
                one("a database of 70 bytes", out -> startup(out, "user", "ana", "database", "x".repeat(70))),
                one("no parameters", out -> startup(out)),
                one("nothing but the version", out -> out.writeInt(8).writeInt(V3_0)),
                one("no terminator", out -> packet(out, V3_0, "user\0ana\0")),
                one("a name without a value", out -> packet(out, V3_0, "user\0ana\0database\0")),
                one("a text without its end", out -> packet(out, V3_0, "user\0ana")),
                one("a byte behind the terminator", out -> packet(out, V3_0, "user\0ana\0\0x")),
                one("two terminators", out -> packet(out, V3_0, "user\0ana\0\0\0")),
                one("3.1", out -> version(out, 3, 1)),
                one("3.2", out -> version(out, 3, 2)),
                one("3.3", out -> version(out, 3, 3)),
                one("3.9999", out -> version(out, 3, 9999)),
                one("an extension", out -> startup(out, "user", "ana", "_pq_.future", "on", "_pq_.past", "off")),
                one("4.0", out -> version(out, 4, 0)),
                one("1234.5681", out -> version(out, 1234, 5681)),
                one("0.0", out -> version(out, 0, 0)),
                one("a length of 0", out -> out.writeInt(0)),
                one("a length of 7", out -> out.writeInt(7)),
                one("a length of 10005", out -> out.writeInt(10_005)),
                one("a length below zero", out -> out.writeInt(-1)),
                one("HTTP", out -> out.writeBytes("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8))),
                one(
                        "a PROXY header from who knows where",
                        out -> out.writeBytes("PROXY TCP4 10.1.2.3 10.1.2.4 5 6\r\n".getBytes(UTF_8))),
                one("a CancelRequest of nobody", out -> FrontendWriter.cancelRequest(out, 1, new byte[4])),
                one("a CancelRequest without a key", out -> FrontendWriter.cancelRequest(out, 1, new byte[0])),
                one("a CancelRequest with a long key", out -> FrontendWriter.cancelRequest(out, 1, new byte[300])),
                new Packets("GSSENCRequest and more", StartupAnswersTest::stuffed, out -> {}),
                new Packets("GSSENCRequest, then a login", FrontendWriter::gssEncRequest, StartupAnswersTest::ana),
                new Packets(
                        "GSSENCRequest with a body",
                        out -> packet(out, RequestCode.GSSENC, "xyz"),
                        StartupAnswersTest::ana),
                new Packets("GSSENCRequest twice", FrontendWriter::gssEncRequest, FrontendWriter::gssEncRequest),
                one("a query instead of a password", out -> {
                    ana(out);
                    FrontendWriter.query(out, "SELECT 1");
                }));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aClientOfAnEarlierAgeIsToldSoInItsOwnForm(int major) throws Exception {
        byte[] server = everything(Victims.alive().primary().port(), major);
        assertThat(new String(server, UTF_8)).startsWith("EFATAL:  unsupported frontend protocol");
        assertThat(everything(proxy.port(), major)).isEqualTo(server);
    }

    private static byte[] everything(int port, int major) throws IOException {
        try (WireClient client = new WireClient(port)) {
            client.send(out -> version(out, major, 0));
            return client.readPart(1000);
        }
    }

    @Test
    void aParameterGivenTwiceIsRefusedAloudWhereTheServerTakesTheLast() throws Exception { // P-25
        Packets twice = one("twice", out -> startup(out, "user", "ana", "search_path", "a", "SEARCH_PATH", "b"));
        assertThat(answers(proxy.port(), twice))
                .containsExactly(
                        "E FATAL 08P01 invalid startup packet: a parameter is given twice null null", "closed");
    }

    /** What is said and sent, up to the question for a password or the end. */
    private static List<String> answers(int port, Packets packets) throws IOException {
        var answers = new ArrayList<String>();
        try (WireClient client = new WireClient(port)) {
            client.send(packets.first());
            if (packets.second() != null) {
                answers.add(Character.toString(client.readByte()));
                client.send(packets.second());
            }
            for (Frame frame = client.read(); ; frame = client.read()) {
                answers.add(words(frame));
                if (frame.type() == 'R' && !packets.name().contains("password")) {
                    return answers; // else both wait
                }
            }
        } catch (EOFException | SocketException e) {
            answers.add("closed");
            return answers;
        }
    }

    private static String words(Frame frame) {
        if (frame.type() != 'E') {
            return frame.type() + frame.text();
        }
        ErrorFields error = ErrorFields.read(Unpooled.wrappedBuffer(frame.body()));
        return String.join(
                " ",
                "E",
                error.severity(),
                error.code(),
                error.message(),
                String.valueOf(error.detail()),
                String.valueOf(error.hint()));
    }

    /**
     * What a client says.
     *
     * @param first answered by a letter if there is a second
     */
    record Packets(
            String name, Consumer<ByteBuf> first, @Nullable Consumer<ByteBuf> second) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static void stuffed(ByteBuf out) {
        FrontendWriter.gssEncRequest(out);
        ana(out);
    }

    private static Packets one(String name, Consumer<ByteBuf> packet) {
        return new Packets(name, packet, null);
    }

    private static void ana(ByteBuf out) {
        startup(out, "user", "ana", "database", "shop");
    }

    private static void version(ByteBuf out, int major, int minor) {
        FrontendWriter.startup(out, major, minor, Map.of("user", "ana"));
    }

    private static void startup(ByteBuf out, String... namesAndValues) {
        StringBuilder body = new StringBuilder();
        for (String text : namesAndValues) {
            body.append(text).append('\0');
        }
        packet(out, V3_0, body.append('\0').toString());
    }

    private static void packet(ByteBuf out, int code, String body) {
        out.writeInt(8 + body.length()).writeInt(code).writeBytes(body.getBytes(UTF_8));
    }
}
