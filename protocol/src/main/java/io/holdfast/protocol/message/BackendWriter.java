package io.holdfast.protocol.message;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends whole frames as a server sends them. Text is written as UTF-8.
 *
 * <p>Every method throws {@link IllegalArgumentException} for a text with a NUL in it or more than 65535 elements, and
 * {@link IndexOutOfBoundsException} for a frame that the buffer cannot hold; what was written must not be sent then.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>
 */
public final class BackendWriter {
    private BackendWriter() {}

    public static void authenticationOk(ByteBuf out) {
        authentication(out, AuthenticationCode.OK).end();
    }

    public static void authenticationCleartextPassword(ByteBuf out) {
        authentication(out, AuthenticationCode.CLEARTEXT_PASSWORD).end();
    }

    /** Asks for a password hashed with MD5; the salt has 4 bytes. */
    public static void authenticationMd5Password(ByteBuf out, byte[] salt) {
        authentication(out, AuthenticationCode.MD5_PASSWORD).bytes(salt).end();
    }

    /** Offers mechanisms, the favourite first. */
    public static void authenticationSasl(ByteBuf out, List<String> mechanisms) {
        FrameWriter frame = authentication(out, AuthenticationCode.SASL);
        mechanisms.forEach(frame::name);
        frame.int8(0).end();
    }

    public static void authenticationSaslContinue(ByteBuf out, byte[] data) {
        authentication(out, AuthenticationCode.SASL_CONTINUE).bytes(data).end();
    }

    public static void authenticationSaslFinal(ByteBuf out, byte[] data) {
        authentication(out, AuthenticationCode.SASL_FINAL).bytes(data).end();
    }

    /** To be sent before authentication; the version is the full one, such as {@code 0x00030002}. */
    public static void negotiateProtocolVersion(ByteBuf out, int version, List<String> unknownOptions) {
        FrameWriter frame =
                begin(out, BackendTag.NEGOTIATE_PROTOCOL_VERSION).int32(version).int32(unknownOptions.size());
        unknownOptions.forEach(frame::text);
        frame.end();
    }

    public static void parameterStatus(ByteBuf out, String name, String value) {
        begin(out, BackendTag.PARAMETER_STATUS).text(name).text(value).end();
    }

    /** The key has 4 bytes up to protocol 3.1, 4..256 from 3.2 on. */
    public static void backendKeyData(ByteBuf out, int pid, byte[] key) {
        begin(out, BackendTag.BACKEND_KEY_DATA).int32(pid).bytes(key).end();
    }

    public static void readyForQuery(ByteBuf out, TransactionStatus status) {
        begin(out, BackendTag.READY_FOR_QUERY).int8(status.code()).end();
    }

    public static void errorResponse(ByteBuf out, ErrorFields fields) {
        fields(out, BackendTag.ERROR_RESPONSE, fields);
    }

    public static void noticeResponse(ByteBuf out, ErrorFields fields) {
        fields(out, BackendTag.NOTICE_RESPONSE, fields);
    }

    public static void notificationResponse(ByteBuf out, int pid, String channel, String payload) {
        begin(out, BackendTag.NOTIFICATION_RESPONSE)
                .int32(pid)
                .text(channel)
                .text(payload)
                .end();
    }

    /** Columns of type text. */
    public static void rowDescription(ByteBuf out, List<String> columns) {
        rowDescription(out, RowDescription.text(columns));
    }

    public static void rowDescription(ByteBuf out, RowDescription description) {
        FrameWriter frame = begin(out, BackendTag.ROW_DESCRIPTION)
                .count(description.columns().size());
        for (RowDescription.Column column : description.columns()) {
            frame.text(column.name())
                    .int32(column.table())
                    .int16(column.attribute())
                    .int32(column.type())
                    .int16(column.size())
                    .int32(column.modifier())
                    .int16(column.format());
        }
        frame.end();
    }

    /** Values as text; null for NULL. */
    public static void dataRow(ByteBuf out, List<@Nullable String> values) {
        FrameWriter frame = begin(out, BackendTag.DATA_ROW).count(values.size());
        values.forEach(frame::textValue);
        frame.end();
    }

    /** Reports the end of a command; the tag is such as {@code DELETE 3}. */
    public static void commandComplete(ByteBuf out, String tag) {
        begin(out, BackendTag.COMMAND_COMPLETE).text(tag).end();
    }

    public static void emptyQueryResponse(ByteBuf out) {
        begin(out, BackendTag.EMPTY_QUERY_RESPONSE).end();
    }

    public static void parseComplete(ByteBuf out) {
        begin(out, BackendTag.PARSE_COMPLETE).end();
    }

    public static void bindComplete(ByteBuf out) {
        begin(out, BackendTag.BIND_COMPLETE).end();
    }

    public static void closeComplete(ByteBuf out) {
        begin(out, BackendTag.CLOSE_COMPLETE).end();
    }

    public static void noData(ByteBuf out) {
        begin(out, BackendTag.NO_DATA).end();
    }

    public static void portalSuspended(ByteBuf out) {
        begin(out, BackendTag.PORTAL_SUSPENDED).end();
    }

    /** The type OIDs of a described statement's parameters. */
    public static void parameterDescription(ByteBuf out, int[] types) {
        begin(out, BackendTag.PARAMETER_DESCRIPTION).int32List(types).end();
    }

    /** Answers a FunctionCall; null for NULL. */
    public static void functionCallResponse(ByteBuf out, byte @Nullable [] value) {
        begin(out, BackendTag.FUNCTION_CALL_RESPONSE).value(value).end();
    }

    public static void copyInResponse(ByteBuf out, CopyResponse response) {
        copyResponse(out, BackendTag.COPY_IN_RESPONSE, response);
    }

    public static void copyOutResponse(ByteBuf out, CopyResponse response) {
        copyResponse(out, BackendTag.COPY_OUT_RESPONSE, response);
    }

    public static void copyBothResponse(ByteBuf out, CopyResponse response) {
        copyResponse(out, BackendTag.COPY_BOTH_RESPONSE, response);
    }

    public static void copyData(ByteBuf out, byte[] data) {
        begin(out, BackendTag.COPY_DATA).bytes(data).end();
    }

    public static void copyDone(ByteBuf out) {
        begin(out, BackendTag.COPY_DONE).end();
    }

    private static FrameWriter begin(ByteBuf out, BackendTag tag) {
        return FrameWriter.begin(out, tag.code());
    }

    private static FrameWriter authentication(ByteBuf out, int code) {
        return begin(out, BackendTag.AUTHENTICATION).int32(code);
    }

    private static void fields(ByteBuf out, BackendTag tag, ErrorFields fields) {
        FrameWriter frame = begin(out, tag);
        fields.fields().forEach((letter, value) -> frame.int8(letter).text(value));
        frame.int8(0).end();
    }

    private static void copyResponse(ByteBuf out, BackendTag tag, CopyResponse response) {
        begin(out, tag)
                .int8(response.format())
                .formatList(response.columnFormats())
                .end();
    }
}
