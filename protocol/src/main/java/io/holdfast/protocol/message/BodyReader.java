package io.holdfast.protocol.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * Reads the body of one frame from its reader index to its end, and leaves the buffer's indexes alone.
 *
 * <p>Every read is bounded by the body; the complaints are worded as PostgreSQL's {@code pqformat.c} has them.
 */
final class BodyReader {
    private final ByteBuf body;
    private final int limit;
    private int at;

    BodyReader(ByteBuf body) {
        this.body = body;
        this.at = body.readerIndex();
        this.limit = body.writerIndex();
    }

    int remaining() {
        return limit - at;
    }

    byte int8() {
        return body.getByte(take(Byte.BYTES));
    }

    int uint16() {
        return body.getUnsignedShort(take(Short.BYTES));
    }

    short int16() {
        return body.getShort(take(Short.BYTES));
    }

    int int32() {
        return body.getInt(take(Integer.BYTES));
    }

    /** A non-retained slice. */
    ByteBuf slice(int length) {
        return body.slice(take(length), length);
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length < 0 ? 0 : Math.min(length, remaining())];
        body.getBytes(take(length), bytes);
        return bytes;
    }

    void skip(int length) {
        take(length);
    }

    ByteBuf rest() {
        return slice(remaining());
    }

    byte[] restBytes() {
        return bytes(remaining());
    }

    /** A C string without its terminator, as a non-retained slice. */
    ByteBuf cString() {
        int start = at;
        return body.slice(start, endOfString() - start);
    }

    /** A C string whose bytes matter: one character per byte. */
    String name() {
        int start = at;
        int end = endOfString();
        return end == start ? "" : body.toString(start, end - start, ISO_8859_1);
    }

    /** A C string to be looked at. Bytes that are not UTF-8 become U+FFFD. */
    String text() {
        return cString().toString(UTF_8);
    }

    /** Insists that nothing is left. */
    void end() {
        if (at != limit) {
            throw new ProtocolViolation("invalid message format");
        }
    }

    /** Steps behind the terminator, and tells where it is. */
    private int endOfString() {
        int end = body.indexOf(at, limit, (byte) 0);
        if (end < 0) {
            throw new ProtocolViolation("invalid string in message");
        }
        at = end + 1;
        return end;
    }

    private int take(int length) {
        if (length < 0 || length > remaining()) {
            throw new ProtocolViolation("insufficient data left in message");
        }
        int start = at;
        at += length;
        return start;
    }
}
