package io.holdfast.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the bytes that a reader has left in place until more come or the reader can go on. */
final class Cumulation {
    private @Nullable ByteBuf left;
    private boolean reading;
    private boolean more;
    private boolean released;

    /** Adds bytes, which it releases, and shows the reader everything that is there. */
    void add(ByteBuf bytes, ByteBufAllocator allocator, Consumer<ByteBuf> reader) {
        ByteBuf before = left;
        left = before == null ? bytes : merge(before, bytes, allocator);
        more = true;
        read(reader);
    }

    /** Shows the reader again what it has left. A reader that adds bytes is shown them when it returns. */
    void read(Consumer<ByteBuf> reader) {
        if (reading) {
            return;
        }
        reading = true;
        try {
            do {
                more = false;
                ByteBuf all = left;
                if (all != null) {
                    reader.accept(all);
                }
            } while (more);
        } finally {
            reading = false;
            if (released || (left != null && !left.isReadable())) {
                release();
            }
        }
    }

    /** Bytes that were left. */
    int size() {
        return left == null ? 0 : left.readableBytes();
    }

    boolean isEmpty() {
        return left == null;
    }

    /** Hands over what was left; null: nothing. The caller releases it. */
    @Nullable
    ByteBuf take() {
        ByteBuf all = left;
        left = null;
        return all;
    }

    /** Drops everything; later bytes are still taken. */
    void release() {
        if (reading) {
            released = true;
            return;
        }
        released = false;
        ByteBuf all = take();
        if (all != null) {
            all.release();
        }
    }

    /** Slices of the old buffer may still be on their way, so it is only ever appended to in place. */
    private static ByteBuf merge(ByteBuf before, ByteBuf bytes, ByteBufAllocator allocator) {
        try {
            int more = bytes.readableBytes();
            if (before.refCnt() == 1 && !before.isReadOnly() && before.maxFastWritableBytes() >= more) {
                return before.writeBytes(bytes);
            }
            ByteBuf larger = allocator.buffer(2 * (before.readableBytes() + more));
            larger.writeBytes(before).writeBytes(bytes);
            before.release();
            return larger;
        } finally {
            bytes.release();
        }
    }
}
