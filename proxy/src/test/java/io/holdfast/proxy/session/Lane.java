package io.holdfast.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What has left in one direction, cut into lines. Only what was flushed has left. */
final class Lane {
    private static final int HEADER = 5;

    private final Function<ByteBuf, String> format;
    private final ByteBuf bytes = Unpooled.buffer();
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final ArrayDeque<ByteBuf> unflushed = new ArrayDeque<>();

    Lane(Function<ByteBuf, String> format) {
        this.format = format;
    }

    void write(ByteBuf frames) {
        unflushed.add(frames);
    }

    void flush() {
        for (ByteBuf frames = unflushed.poll(); frames != null; frames = unflushed.poll()) {
            bytes.writeBytes(frames);
            frames.release();
        }
        while (bytes.readableBytes() >= HEADER && bytes.readableBytes() > bytes.getInt(bytes.readerIndex() + 1)) {
            lines.add(format.apply(bytes.readSlice(1 + bytes.getInt(bytes.readerIndex() + 1))));
        }
    }

    /** Something that is no frame, such as the end of the connection. */
    void says(String line) {
        lines.add(line);
    }

    /** The next line; null: nothing more has left. */
    @Nullable
    String poll() {
        return lines.poll();
    }

    /** What has left and was not asked for, half frames and forgotten flushes included; null: nothing. */
    @Nullable
    String rest() {
        if (!unflushed.isEmpty()) {
            return "bytes that were never flushed";
        }
        return lines.isEmpty() ? null : lines.toString();
    }

    /** Bytes of a frame whose end has not left yet. */
    int half() {
        return bytes.readableBytes();
    }

    void release() {
        unflushed.forEach(ByteBuf::release);
        unflushed.clear();
    }
}
