package io.holdfast.protocol.message;

import static io.holdfast.protocol.message.Frames.body;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendMessagesTest {
    private static final byte[] DATA = {1, 0, 2};

    @Test
    void anErrorKeepsEveryField() {
        ErrorFields fields = ErrorFields.of("ERROR", "42P01", "relation \"é\" does not exist")
                .withDetail("d")
                .withHint("h")
                .with('P', "15")
                .with('x', "unknown");
        ErrorFields read =
                ErrorFields.read(body(BackendTag.ERROR_RESPONSE, out -> BackendWriter.errorResponse(out, fields)));
        assertThat(read).isEqualTo(fields);
        assertThat(read.severity()).isEqualTo("ERROR");
        assertThat(read.code()).isEqualTo("42P01");
        assertThat(read.message()).isEqualTo("relation \"é\" does not exist");
        assertThat(read.detail()).isEqualTo("d");
        assertThat(read.hint()).isEqualTo("h");
        assertThat(read.position()).isEqualTo("15");
    }

    @Test
    void anErrorMayLackEverything() {
        ErrorFields read = ErrorFields.read(Frames.raw("\0"));
        assertThat(read.severity()).isNull();
        assertThat(read.code()).isNull();
        assertThat(read.message()).isNull();
    }

    @Test
    void theUntranslatedSeverityWins() {
        assertThat(ErrorFields.read(Frames.raw("SFEHLER\0VERROR\0\0")).severity())
                .isEqualTo("ERROR");
        assertThat(ErrorFields.read(Frames.raw("SFEHLER\0\0")).severity()).isEqualTo("FEHLER");
    }

    @Test
    void aNoticeIsAnErrorByAnotherTag() {
        ErrorFields fields = ErrorFields.of("NOTICE", "01000", "held");
        ByteBuf body = body(BackendTag.NOTICE_RESPONSE, out -> BackendWriter.noticeResponse(out, fields));
        assertThat(ErrorFields.read(body)).isEqualTo(fields);
    }

    @Test
    void aParameterStatusHasNameAndValue() {
        ByteBuf body = body(
                BackendTag.PARAMETER_STATUS, out -> BackendWriter.parameterStatus(out, "TimeZone", "Europe/Berlin"));
        assertThat(ParameterStatus.read(body)).isEqualTo(new ParameterStatus("TimeZone", "Europe/Berlin"));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 32, 256})
    void aCancelKeyHas4To256Bytes(int length) {
        byte[] key = new byte[length];
        Arrays.fill(key, (byte) 7);
        ByteBuf body = body(BackendTag.BACKEND_KEY_DATA, out -> BackendWriter.backendKeyData(out, 42, key));
        BackendKeyData message = BackendKeyData.read(body);
        assertThat(message.pid()).isEqualTo(42);
        assertThat(message.key()).isEqualTo(key);
        assertThat(message.toString()).isEqualTo("BackendKeyData[pid=42]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 257})
    void aCancelKeyOfAnotherLengthIsAViolation(int length) {
        ByteBuf body = Unpooled.buffer().writeInt(42).writeZero(length);
        assertThatThrownBy(() -> BackendKeyData.read(body)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void aCommandCompleteHasATag() {
        ByteBuf body = body(BackendTag.COMMAND_COMPLETE, out -> BackendWriter.commandComplete(out, "DELETE 3"));
        assertThat(CommandComplete.read(body)).isEqualTo(new CommandComplete("DELETE 3"));
    }

    @ParameterizedTest
    @EnumSource
    void readyForQueryHasTheStatus(TransactionStatus status) {
        ByteBuf body = body(BackendTag.READY_FOR_QUERY, out -> BackendWriter.readyForQuery(out, status));
        assertThat(TransactionStatus.read(body)).isSameAs(status);
    }

    @Test
    void authenticationIsOneOfSeveral() {
        assertThat(authentication(BackendWriter::authenticationOk)).isEqualTo(new Authentication.Ok());
        assertThat(authentication(BackendWriter::authenticationCleartextPassword))
                .isEqualTo(new Authentication.CleartextPassword());
        assertThat(authentication(out -> BackendWriter.authenticationSasl(out, List.of("B", "A"))))
                .isEqualTo(new Authentication.Sasl(List.of("B", "A")));
        assertThat(authentication(out -> BackendWriter.authenticationSaslContinue(out, DATA)))
                .isInstanceOfSatisfying(
                        Authentication.SaslContinue.class,
                        message -> assertThat(message.data()).isEqualTo(DATA));
        assertThat(authentication(out -> BackendWriter.authenticationSaslFinal(out, DATA)))
                .isInstanceOfSatisfying(
                        Authentication.SaslFinal.class,
                        message -> assertThat(message.data()).isEqualTo(DATA));
        assertThat(authentication(out -> BackendWriter.authenticationMd5Password(out, new byte[] {1, 2, 3, 4})))
                .isInstanceOfSatisfying(
                        Authentication.Md5Password.class,
                        message -> assertThat(message.salt()).containsExactly(1, 2, 3, 4));
        assertThat(Authentication.read(Frames.raw("\0\0\0\7whatever"))).isEqualTo(new Authentication.Unsupported(7));
    }

    @Test
    void negotiationCarriesTheFullVersionAndTheOptions() {
        NegotiateProtocolVersion expected = new NegotiateProtocolVersion(0x30002, List.of("_pq_.a", "_pq_.b"));
        ByteBuf body = body(
                BackendTag.NEGOTIATE_PROTOCOL_VERSION,
                out -> BackendWriter.negotiateProtocolVersion(out, expected.version(), expected.options()));
        assertThat(NegotiateProtocolVersion.read(body)).isEqualTo(expected);
    }

    @Test
    void aRowDescriptionHasColumns() {
        RowDescription expected = new RowDescription(List.of(
                RowDescription.Column.text("name"),
                new RowDescription.Column("id", 16384, (short) 1, 23, (short) 4, -1, (short) 1)));
        ByteBuf body = body(BackendTag.ROW_DESCRIPTION, out -> BackendWriter.rowDescription(out, expected));
        assertThat(RowDescription.read(body)).isEqualTo(expected);
        assertThat(expected.names()).containsExactly("name", "id");
    }

    @Test
    void aDataRowHasValues() {
        ByteBuf body = body(BackendTag.DATA_ROW, out -> BackendWriter.dataRow(out, Arrays.asList("é", null, "")));
        ValueList values = DataRow.read(body).values();
        assertThat(values.size()).isEqualTo(3);
        assertThat(values.get(0)).isEqualTo(Unpooled.copiedBuffer("é", UTF_8));
        assertThat(values.get(1)).isNull();
        assertThat(values.length(2)).isZero();
    }

    @Test
    void aParameterDescriptionHasTypes() {
        int[] types = {23, 25};
        ByteBuf body = body(BackendTag.PARAMETER_DESCRIPTION, out -> BackendWriter.parameterDescription(out, types));
        assertThat(ParameterDescription.read(body).types()).isEqualTo(types);
    }

    @Test
    void copyResponsesHaveFormats() {
        CopyResponse response = new CopyResponse(1, new int[] {1, 1});
        Map.of(
                        BackendTag.COPY_IN_RESPONSE,
                                body(BackendTag.COPY_IN_RESPONSE, out -> BackendWriter.copyInResponse(out, response)),
                        BackendTag.COPY_OUT_RESPONSE,
                                body(BackendTag.COPY_OUT_RESPONSE, out -> BackendWriter.copyOutResponse(out, response)),
                        BackendTag.COPY_BOTH_RESPONSE,
                                body(
                                        BackendTag.COPY_BOTH_RESPONSE,
                                        out -> BackendWriter.copyBothResponse(out, response)))
                .forEach((tag, body) -> {
                    CopyResponse read = CopyResponse.read(body);
                    assertThat(read.format()).as(tag.name()).isEqualTo(1);
                    assertThat(read.columnFormats()).as(tag.name()).containsExactly(1, 1);
                });
    }

    @Test
    void aFunctionCallResponseHasAValueOrNone() {
        ByteBuf value = body(BackendTag.FUNCTION_CALL_RESPONSE, out -> BackendWriter.functionCallResponse(out, DATA));
        assertThat(FunctionCallResponse.read(value).value()).isEqualTo(Unpooled.wrappedBuffer(DATA));
        ByteBuf none = body(BackendTag.FUNCTION_CALL_RESPONSE, out -> BackendWriter.functionCallResponse(out, null));
        assertThat(FunctionCallResponse.read(none).value()).isNull();
    }

    @Test
    void aNotificationHasChannelAndPayload() {
        ByteBuf body =
                body(BackendTag.NOTIFICATION_RESPONSE, out -> BackendWriter.notificationResponse(out, 7, "c", "p"));
        assertThat(NotificationResponse.read(body)).isEqualTo(new NotificationResponse(7, "c", "p"));
    }

    @Test
    void copyDataIsItsBody() {
        ByteBuf body = body(BackendTag.COPY_DATA, out -> BackendWriter.copyData(out, DATA));
        assertThat(body).isEqualTo(Unpooled.wrappedBuffer(DATA));
    }

    @Test
    void messagesWithoutFieldsHaveNoBody() {
        assertThat(body(BackendTag.EMPTY_QUERY_RESPONSE, BackendWriter::emptyQueryResponse)
                        .isReadable())
                .isFalse();
        assertThat(body(BackendTag.PARSE_COMPLETE, BackendWriter::parseComplete).isReadable())
                .isFalse();
        assertThat(body(BackendTag.BIND_COMPLETE, BackendWriter::bindComplete).isReadable())
                .isFalse();
        assertThat(body(BackendTag.CLOSE_COMPLETE, BackendWriter::closeComplete).isReadable())
                .isFalse();
        assertThat(body(BackendTag.NO_DATA, BackendWriter::noData).isReadable()).isFalse();
        assertThat(body(BackendTag.PORTAL_SUSPENDED, BackendWriter::portalSuspended)
                        .isReadable())
                .isFalse();
        assertThat(body(BackendTag.COPY_DONE, BackendWriter::copyDone).isReadable())
                .isFalse();
    }

    private static Authentication authentication(Consumer<ByteBuf> writer) {
        return Authentication.read(body(BackendTag.AUTHENTICATION, writer));
    }
}
