package io.holdfast.proxy.value;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** The bytes of one value, read from their beginning to their end. Every read is bounded by them. */
final class Bytes {
    /** Values within values; the server has types as deep as somebody has made them, and nobody makes them so deep. */
    private static final int DEEPEST = 16;

    private final ByteBuffer in;
    private final Charset charset;
    private final int depth;

    /** Of the whole value. */
    private final AtomicBoolean literal;

    private Bytes(ByteBuffer in, Charset charset, int depth, AtomicBoolean literal) {
        this.in = in;
        this.charset = charset;
        this.depth = depth;
        this.literal = literal;
    }

    /** @param charset that the client's encoding is */
    static Bytes of(byte[] value, Charset charset) {
        return new Bytes(ByteBuffer.wrap(value), charset, 0, new AtomicBoolean(true));
    }

    int remaining() {
        return in.remaining();
    }

    byte int8() {
        return read(ByteBuffer::get);
    }

    int uint8() {
        return int8() & 0xff;
    }

    short int16() {
        return read(ByteBuffer::getShort);
    }

    int uint16() {
        return int16() & 0xffff;
    }

    int int32() {
        return read(ByteBuffer::getInt);
    }

    long int64() {
        return read(ByteBuffer::getLong);
    }

    float float4() {
        return Float.intBitsToFloat(int32());
    }

    double float8() {
        return Double.longBitsToDouble(int64());
    }

    byte[] take(int length) {
        if (length < 0 || length > in.remaining()) {
            throw tooShort();
        }
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }

    byte[] rest() {
        return take(in.remaining());
    }

    /** A value of its own within this one. */
    Bytes within(int length) {
        if (depth == DEEPEST) {
            throw new Undecodable("it is nested too deep");
        }
        return new Bytes(ByteBuffer.wrap(take(length)), charset, depth + 1, literal);
    }

    /** Whether it stands within another value, where the server prints some types shorter. */
    boolean isWithin() {
        return depth > 0;
    }

    /** The text that is made of it is not what the server would read as the same value. */
    void isNoLiteral() {
        literal.set(false);
    }

    boolean isLiteral() {
        return literal.get();
    }

    /** The rest, as text in the client's encoding. */
    String text() {
        return text(charset);
    }

    /** The rest, as text in UTF-8 whatever the client's encoding is. */
    String utf8() {
        return text(StandardCharsets.UTF_8);
    }

    private String text(Charset as) {
        String text = text(rest(), as);
        if (text.indexOf(0) >= 0) {
            throw new Undecodable("it has a zero byte in it");
        }
        return text;
    }

    static String text(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new Undecodable("it is no text in " + charset.name());
        }
    }

    /** Insists that nothing is left. */
    void end() {
        if (in.hasRemaining()) {
            throw new Undecodable(in.remaining() + " bytes are left over");
        }
    }

    private <T> T read(Function<ByteBuffer, T> read) {
        try {
            return read.apply(in);
        } catch (BufferUnderflowException _) {
            throw tooShort();
        }
    }

    private static Undecodable tooShort() {
        return new Undecodable("it ends too early");
    }
}
