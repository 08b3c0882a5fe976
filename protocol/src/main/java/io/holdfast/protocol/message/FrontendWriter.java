package io.holdfast.protocol.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.protocol.startup.RequestCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Appends whole frames as a client sends them. SQL, values and settings are written as UTF-8; names of statements and
 * portals one byte per character, as {@link ParseMessage} and the others read them.
 *
 * <p>Every method throws {@link IllegalArgumentException} for a text with a NUL in it or more than 65535 elements, and
 * {@link IndexOutOfBoundsException} for a frame that the buffer cannot hold; what was written must not be sent then.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>
 */
public final class FrontendWriter {
    private static final int[] NONE = {};

    private FrontendWriter() {}

    public static void startup(ByteBuf out, int major, int minor, Map<String, String> parameters) {
        FrameWriter packet = FrameWriter.untagged(out).int16(major).int16(minor);
        parameters.forEach((name, value) -> packet.text(name).text(value));
        packet.int8(0).end();
    }

    public static void sslRequest(ByteBuf out) {
        FrameWriter.untagged(out).int32(RequestCode.SSL).end();
    }

    public static void gssEncRequest(ByteBuf out) {
        FrameWriter.untagged(out).int32(RequestCode.GSSENC).end();
    }

    public static void cancelRequest(ByteBuf out, int pid, byte[] key) {
        FrameWriter.untagged(out)
                .int32(RequestCode.CANCEL)
                .int32(pid)
                .bytes(key)
                .end();
    }

    public static void saslInitialResponse(ByteBuf out, String mechanism, byte @Nullable [] data) {
        begin(out, FrontendTag.PASSWORD).name(mechanism).value(data).end();
    }

    public static void saslResponse(ByteBuf out, byte[] data) {
        begin(out, FrontendTag.PASSWORD).bytes(data).end();
    }

    public static void password(ByteBuf out, String password) {
        begin(out, FrontendTag.PASSWORD).text(password).end();
    }

    public static void query(ByteBuf out, String sql) {
        begin(out, FrontendTag.QUERY).text(sql).end();
    }

    public static void query(ByteBuf out, ByteBuf sql) {
        begin(out, FrontendTag.QUERY).cString(sql).end();
    }

    public static void parse(ByteBuf out, String name, String sql, int... parameterTypes) {
        parse(out, name, Unpooled.wrappedBuffer(sql.getBytes(UTF_8)), parameterTypes);
    }

    /** Copies the text byte for byte and leaves the buffer's indexes alone. */
    public static void parse(ByteBuf out, String name, ByteBuf sql, int... parameterTypes) {
        begin(out, FrontendTag.PARSE)
                .name(name)
                .cString(sql)
                .int32List(parameterTypes)
                .end();
    }

    /** Binds values as text and asks for a result in text. */
    public static void bind(ByteBuf out, String portal, String statement, List<@Nullable String> values) {
        FrameWriter frame = begin(out, FrontendTag.BIND)
                .name(portal)
                .name(statement)
                .formatList(NONE)
                .count(values.size());
        values.forEach(frame::textValue);
        frame.formatList(NONE).end();
    }

    /** Binds under other names; {@code rest} is {@link BindMessage#rest}, copied byte for byte. */
    public static void bind(ByteBuf out, String portal, String statement, ByteBuf rest) {
        begin(out, FrontendTag.BIND).name(portal).name(statement).bytes(rest).end();
    }

    public static void describe(ByteBuf out, TargetKind kind, String name) {
        begin(out, FrontendTag.DESCRIBE).int8(kind.code()).name(name).end();
    }

    public static void close(ByteBuf out, TargetKind kind, String name) {
        begin(out, FrontendTag.CLOSE).int8(kind.code()).name(name).end();
    }

    /** Runs a portal; 0 rows means all. */
    public static void execute(ByteBuf out, String portal, int maxRows) {
        begin(out, FrontendTag.EXECUTE).name(portal).int32(maxRows).end();
    }

    public static void sync(ByteBuf out) {
        begin(out, FrontendTag.SYNC).end();
    }

    public static void flush(ByteBuf out) {
        begin(out, FrontendTag.FLUSH).end();
    }

    public static void terminate(ByteBuf out) {
        begin(out, FrontendTag.TERMINATE).end();
    }

    public static void copyData(ByteBuf out, byte[] data) {
        begin(out, FrontendTag.COPY_DATA).bytes(data).end();
    }

    public static void copyDone(ByteBuf out) {
        begin(out, FrontendTag.COPY_DONE).end();
    }

    public static void copyFail(ByteBuf out, String reason) {
        begin(out, FrontendTag.COPY_FAIL).text(reason).end();
    }

    /** Calls a function by OID with arguments as text and asks for a result in text. */
    public static void functionCall(ByteBuf out, int oid, List<@Nullable String> arguments) {
        FrameWriter frame = begin(out, FrontendTag.FUNCTION_CALL)
                .int32(oid)
                .formatList(NONE)
                .count(arguments.size());
        arguments.forEach(frame::textValue);
        frame.int16(0).end();
    }

    private static FrameWriter begin(ByteBuf out, FrontendTag tag) {
        return FrameWriter.begin(out, tag.code());
    }
}
