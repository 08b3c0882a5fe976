package io.holdfast.protocol.message;

import static io.holdfast.protocol.message.Frames.raw;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** BYPASS.md L-19, P-18 and P-32: what cannot be read the way the server reads it is not read at all. */
class MalformedBodiesTest {
    @Test
    void aQueryWithANulInsideIsAViolation() {
        refuses("invalid message format", () -> QueryMessage.read(raw("SELECT 1\0; DROP TABLE t\0")));
    }

    @Test
    void aQueryWithoutATerminatorIsAViolation() {
        refuses("invalid string in message", () -> QueryMessage.read(raw("SELECT 1")));
        refuses("invalid string in message", () -> QueryMessage.read(raw("")));
    }

    @Test
    void aParseWithMoreTypesThanBytesIsAViolation() {
        refuses("insufficient data left in message", () -> ParseMessage.read(raw("\0select 1\0\0\2\0\0\0\1")));
    }

    @Test
    void aParseWithBytesBehindItIsAViolation() {
        refuses("invalid message format", () -> ParseMessage.read(raw("\0select 1\0\0\0x")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a count beyond the body, 0001",
        "a length beyond the body, 0000 0001 00000002 61 0000",
        "a length below -1, 0000 0001 fffffffe 0000",
        "the longest length, 0000 0001 7fffffff 0000",
        "two formats for one value, 0002 0000 0001 0001 00000001 61 0000",
        "bytes behind the end, 0000 0000 0000 00",
        "no result formats, 0000 0000",
        "65535 values and none of them, 0000 ffff 0000",
    })
    void argumentsThatDoNotAddUpAreAViolation(String name, String hex) {
        BindMessage message = BindMessage.read(raw(fromHex("00 00 " + hex)));
        refuses("", message::arguments);
        refuses("", message::check);
    }

    @Test
    void anUnknownKindIsAViolation() {
        refuses("invalid message subtype 88", () -> DescribeMessage.read(raw("Xs\0")));
        refuses("invalid message subtype 88", () -> CloseMessage.read(raw("Xs\0")));
    }

    @Test
    void anUnknownTransactionStatusIsAViolation() {
        refuses("transaction status: 88", () -> TransactionStatus.read(raw("X")));
    }

    @Test
    void aSaslResponseLongerThanItsBodyIsAViolation() {
        refuses("insufficient data left in message", () -> SaslInitialResponse.read(raw("X\0\177\377\377\377a")));
    }

    @Test
    void anErrorWithoutAnEndIsAViolation() {
        refuses("", () -> ErrorFields.read(raw("SERROR\0")));
        refuses("", () -> ErrorFields.read(raw("SERROR")));
    }

    @Test
    void aNegotiationWithMoreOptionsThanBytesIsAViolation() {
        refuses("", () -> NegotiateProtocolVersion.read(raw("\0\3\0\0\177\377\377\377a\0")));
    }

    static Stream<Named<Consumer<ByteBuf>>> readers() {
        return Stream.of(
                Named.of("Query", QueryMessage::read),
                Named.of("Parse", ParseMessage::read),
                Named.of("Bind", body -> BindMessage.read(body).arguments()),
                Named.of("Bind, only checked", body -> BindMessage.read(body).check()),
                Named.of("Describe", DescribeMessage::read),
                Named.of("Close", CloseMessage::read),
                Named.of("Execute", ExecuteMessage::read),
                Named.of("FunctionCall", body -> FunctionCallMessage.read(body).arguments()),
                Named.of("SASLInitialResponse", SaslInitialResponse::read),
                Named.of("PasswordMessage", PasswordMessage::read),
                Named.of("CopyFail", CopyFailMessage::read),
                Named.of("ErrorResponse", ErrorFields::read),
                Named.of("ParameterStatus", ParameterStatus::read),
                Named.of("BackendKeyData", BackendKeyData::read),
                Named.of("CommandComplete", CommandComplete::read),
                Named.of("ReadyForQuery", TransactionStatus::read),
                Named.of("Authentication", Authentication::read),
                Named.of("NegotiateProtocolVersion", NegotiateProtocolVersion::read),
                Named.of("RowDescription", RowDescription::read),
                Named.of("DataRow", DataRow::read),
                Named.of("ParameterDescription", ParameterDescription::read),
                Named.of("CopyResponse", CopyResponse::read),
                Named.of("FunctionCallResponse", FunctionCallResponse::read),
                Named.of("NotificationResponse", NotificationResponse::read));
    }

    /** Nothing but a violation may come of any bytes; small values make counts and lengths come close to fitting. */
    @ParameterizedTest
    @MethodSource("readers")
    void randomBytesAreReadOrAViolation(Consumer<ByteBuf> reader) {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(4));
            }
            try {
                reader.accept(Unpooled.wrappedBuffer(bytes));
            } catch (ProtocolViolation expected) {
                // refused, as it should be
            }
        }
    }

    private static void refuses(String message, ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOf(ProtocolViolation.class).hasMessageContaining(message);
    }

    private static String fromHex(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new String(bytes, ISO_8859_1);
    }
}
