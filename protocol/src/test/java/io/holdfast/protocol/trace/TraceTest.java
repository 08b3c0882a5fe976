package io.holdfast.protocol.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.protocol.message.BackendTag;
import io.holdfast.protocol.message.BackendWriter;
import io.holdfast.protocol.message.BindMessage;
import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.protocol.message.FrontendTag;
import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.protocol.message.RowDescription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {
    static final List<String> FRONTEND = List.of(
            "Bind \"\" \"s1\" [] [] []",
            "Bind \"p\" \"s1\" [0 1] [\"1\" null] [1]",
            "Close P \"p\"",
            "CopyData \"1\\t\\\\N\\n\"",
            "CopyDone",
            "CopyFail \"no\"",
            "Describe S \"s1\"",
            "Execute \"\" 0",
            "Execute \"p\" -1",
            "Flush",
            "FunctionCall 4294967295 [1] [\"\\x00\\x01\" null] 1",
            "Parse \"s1\" \"select $1\" [23 0]",
            "PasswordMessage \"geheim\"",
            "SASLInitialResponse \"SCRAM-SHA-256\" \"n,,n=,r=abc\"",
            "SASLInitialResponse \"X\" null",
            "SASLResponse \"c=biws,r=abc,p=AAAA\"",
            "Query \"DELETE FROM account\"",
            "Query \"\\xc3\\xa9 \\xff\"", // not UTF-8 as a whole
            "Query \"select 'é'\"",
            "Sync",
            "Terminate",
            "Frame \"Q\" \"no terminator\"",
            "Frame \"\\x00\" \"\"");

    static final List<String> BACKEND = List.of(
            "AuthenticationOk",
            "AuthenticationCleartextPassword",
            "AuthenticationMD5Password \"\\x01\\x02\\x03\\x04\"",
            "AuthenticationSASL [\"SCRAM-SHA-256-PLUS\" \"SCRAM-SHA-256\"]",
            "AuthenticationSASLContinue \"r=abc\"",
            "AuthenticationSASLFinal \"v=abc\"",
            "Authentication 7 \"\"",
            "BackendKeyData -5 \"\\x00\\xff12\"",
            "BindComplete",
            "CloseComplete",
            "CommandComplete \"DELETE 3\"",
            "CopyBothResponse 0 []",
            "CopyData \"\"",
            "CopyDone",
            "CopyInResponse 0 [0 0]",
            "CopyOutResponse 1 [1]",
            "DataRow [\"1\" null \"\"]",
            "EmptyQueryResponse",
            "ErrorResponse",
            "ErrorResponse S \"ERROR\" C \"42P01\" M \"relation \\\"t\\\" does not exist\"",
            "FunctionCallResponse null",
            "FunctionCallResponse \"1\"",
            "NegotiateProtocolVersion 3.2 [\"_pq_.a\" \"_pq_.b\"]",
            "NoData",
            "NoticeResponse C \"01000\" M \"held for approval as r-1\"",
            "NotificationResponse 42 \"channel\" \"\"",
            "ParameterDescription [23 25]",
            "ParameterStatus \"TimeZone\" \"Europe/Berlin\"",
            "ParseComplete",
            "PortalSuspended",
            "ReadyForQuery I",
            "RowDescription [\"name\" \"id\"(16384 1 23 4 -1 0)]",
            "Frame \"Z\" \"\"");

    @ParameterizedTest
    @FieldSource("FRONTEND")
    void aLineOfAClientComesBack(String line) {
        ByteBuf frame = Unpooled.buffer();
        TraceParser.frontend(line, frame);
        assertThat(TraceFormat.frontend(frame)).isEqualTo(line);
    }

    @ParameterizedTest
    @FieldSource("BACKEND")
    void aLineOfAServerComesBack(String line) {
        ByteBuf frame = Unpooled.buffer();
        TraceParser.backend(line, frame);
        assertThat(TraceFormat.backend(frame)).isEqualTo(line);
    }

    @Test
    void everyMessageTypeHasALine() {
        assertThat(Stream.of(FrontendTag.values()).map(FrontendTag::code).collect(toSet()))
                .isEqualTo(tags(Shapes.FRONTEND));
        assertThat(Stream.of(BackendTag.values()).map(BackendTag::code).collect(toSet()))
                .isEqualTo(tags(Shapes.BACKEND));
    }

    @Test
    void everyShapeIsTestedAbove() {
        assertThat(names(FRONTEND))
                .containsAll(Shapes.FRONTEND.stream().map(Shape::name).toList());
        assertThat(names(BACKEND))
                .containsAll(Shapes.BACKEND.stream().map(Shape::name).toList());
    }

    @Test
    void clientsLinesAreWhatTheWritersWrite() {
        assertThat(frontend(out -> FrontendWriter.query(out, "select 1"))).isEqualTo("Query \"select 1\"");
        assertThat(frontend(out -> FrontendWriter.parse(out, "s1", "select $1", 23)))
                .isEqualTo("Parse \"s1\" \"select $1\" [23]");
        assertThat(frontend(out -> FrontendWriter.bind(out, "", "s1", Arrays.asList("1", null))))
                .isEqualTo("Bind \"\" \"s1\" [] [\"1\" null] []");
        assertThat(frontend(out -> FrontendWriter.functionCall(out, 1598, List.of("1"))))
                .isEqualTo("FunctionCall 1598 [] [\"1\"] 0");
    }

    @Test
    void serversLinesAreWhatTheWritersWrite() {
        assertThat(backend(out -> BackendWriter.errorResponse(out, ErrorFields.of("ERROR", "42P01", "m"))))
                .isEqualTo("ErrorResponse S \"ERROR\" V \"ERROR\" C \"42P01\" M \"m\"");
        assertThat(backend(out -> BackendWriter.rowDescription(out, RowDescription.text(List.of("a", "b")))))
                .isEqualTo("RowDescription [\"a\" \"b\"]");
        assertThat(backend(out -> BackendWriter.dataRow(out, Arrays.asList("1", null))))
                .isEqualTo("DataRow [\"1\" null]");
        assertThat(backend(out -> BackendWriter.negotiateProtocolVersion(out, 0x30002, List.of("_pq_.a"))))
                .isEqualTo("NegotiateProtocolVersion 3.2 [\"_pq_.a\"]");
    }

    @Test
    void blanksDoNotCountAndEmptyListsAtTheEndMayBeLeftOut() {
        ByteBuf frame = Unpooled.buffer();
        TraceParser.frontend("  Bind   \"\"  \"s1\" [ ]  [\"1\"  null ] ", frame);
        assertThat(TraceFormat.frontend(frame)).isEqualTo("Bind \"\" \"s1\" [] [\"1\" null] []");
        BindMessage message = BindMessage.read(frame.slice(5, frame.readableBytes() - 5));
        assertThat(message.arguments().values().size()).isEqualTo(2);
    }

    @Test
    void invisibleCharactersAreMadeVisible() {
        assertThat(frontend(out -> FrontendWriter.query(out, "a\u202e\u00a0\u0007\u200b")))
                .isEqualTo("Query \"a\\xe2\\x80\\xae\\xc2\\xa0\\x07\\xe2\\x80\\x8b\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Nonsense",
                "DataRow [\"1\"]",
                "Query",
                "Query select",
                "Query \"a",
                "Query \"a\" \"b\"",
                "Query \"\\q\"",
                "Query \"\\x1\"",
                "Execute \"\"",
                "Execute \"\" many",
                "Execute \"\" 4294967296",
                "Describe SP \"s\"",
                "Bind \"\" \"\" [70000]",
                "Bind \"\" \"\" [0",
                "Frame \"QQ\" \"\"",
            })
    void anotherLineIsRefusedAndLeavesNothingBehind(String line) {
        ByteBuf out = Unpooled.buffer().writeByte(7);
        assertThatThrownBy(() -> TraceParser.frontend(line, out)).isInstanceOf(IllegalArgumentException.class);
        assertThat(out.readableBytes()).isEqualTo(1);
    }

    @Test
    void onlyExactlyOneFrameIsPrinted() {
        assertThatThrownBy(() ->
                        TraceFormat.backend(Unpooled.buffer().writeByte('Z').writeInt(5)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TraceFormat.backend(
                        Unpooled.buffer().writeByte('1').writeInt(4).writeByte(0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever a frame holds, its line makes the same frame. */
    @Test
    void noBytesAreLost() {
        Random random = new Random(4);
        byte[] tags = "BCDEFHPQSXcdfpRKAGHITVWZnst123vN".getBytes(US_ASCII);
        for (int i = 0; i < 50_000; i++) {
            byte[] body = new byte[random.nextInt(20)];
            for (int at = 0; at < body.length; at++) {
                body[at] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(3));
            }
            ByteBuf frame = Unpooled.buffer()
                    .writeByte(tags[random.nextInt(tags.length)])
                    .writeInt(body.length + 4)
                    .writeBytes(body);
            ByteBuf again = Unpooled.buffer();
            TraceParser.frontend(TraceFormat.frontend(frame), again);
            assertThat(again).isEqualTo(frame);
            again.clear();
            TraceParser.backend(TraceFormat.backend(frame), again);
            assertThat(again).isEqualTo(frame);
        }
    }

    private static Set<Byte> tags(List<Shape> shapes) {
        return shapes.stream().map(Shape::tag).collect(toSet());
    }

    private static List<String> names(List<String> lines) {
        return lines.stream().map(line -> line.replaceAll(" .*", "")).toList();
    }

    private static String frontend(Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer();
        writer.accept(out);
        return TraceFormat.frontend(out);
    }

    private static String backend(Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer();
        writer.accept(out);
        return TraceFormat.backend(out);
    }
}
