package io.holdfast.protocol.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Appends one frame: fields first, then {@link #end} fills in the length. Nothing can make a frame that reads as two: the
 * length is measured, not computed; counts are checked, and no C string may contain a NUL.
 */
final class FrameWriter {
    private static final int MAX_COUNT = 65_535;

    private final ByteBuf out;

    /** Index of the length field. */
    private final int start;

    private FrameWriter(ByteBuf out) {
        this.out = out;
        this.start = out.writerIndex();
        out.writeInt(0);
    }

    static FrameWriter begin(ByteBuf out, byte tag) {
        out.writeByte(tag);
        return new FrameWriter(out);
    }

    /** A packet of the first phase, which has no tag. */
    static FrameWriter untagged(ByteBuf out) {
        return new FrameWriter(out);
    }

    /** Fills in the length. It always fits: a buffer's indexes are ints themselves. */
    void end() {
        out.setInt(start, out.writerIndex() - start);
    }

    FrameWriter int8(int value) {
        out.writeByte(value);
        return this;
    }

    FrameWriter int16(int value) {
        out.writeShort(value);
        return this;
    }

    FrameWriter int32(int value) {
        out.writeInt(value);
        return this;
    }

    FrameWriter count(int count) {
        if (count > MAX_COUNT) {
            throw new IllegalArgumentException("count: " + count + " (expected: 0.." + MAX_COUNT + ')');
        }
        return int16(count);
    }

    FrameWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Copies the readable bytes and leaves the buffer's indexes alone. */
    FrameWriter bytes(ByteBuf bytes) {
        out.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        return this;
    }

    FrameWriter cString(ByteBuf bytes) {
        if (bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), (byte) 0) >= 0) {
            throw new IllegalArgumentException("NUL in a C string");
        }
        return bytes(bytes).int8(0);
    }

    FrameWriter text(String text) {
        refuseNul(text);
        ByteBufUtil.writeUtf8(out, text);
        return int8(0);
    }

    /** The opposite of {@link BodyReader#name}: one byte per character. */
    FrameWriter name(String name) {
        refuseNul(name);
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > 0xff) {
                throw new IllegalArgumentException("name is not in ISO-8859-1, one character per byte");
            }
        }
        return bytes(name.getBytes(ISO_8859_1)).int8(0);
    }

    /** A length and that many bytes; -1 for NULL. */
    FrameWriter value(byte @Nullable [] value) {
        return value == null ? int32(-1) : int32(value.length).bytes(value);
    }

    FrameWriter textValue(@Nullable String value) {
        return value(value == null ? null : value.getBytes(UTF_8));
    }

    FrameWriter int32List(int[] values) {
        count(values.length);
        for (int value : values) {
            int32(value);
        }
        return this;
    }

    FrameWriter formatList(int[] formats) {
        count(formats.length);
        for (int format : formats) {
            int16(format);
        }
        return this;
    }

    private static void refuseNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("NUL in a C string");
        }
    }
}
