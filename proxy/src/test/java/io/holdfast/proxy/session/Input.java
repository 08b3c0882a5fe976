package io.holdfast.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What has arrived from one peer and was left in place by its reader, as a channel would keep it. */
final class Input {
    private final ByteBufAllocator allocator;
    private @Nullable ByteBuf left;

    Input(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** New bytes come in a buffer of their own: whoever keeps slices of an earlier one keeps it alive. */
    void add(byte[] bytes) {
        ByteBuf all = allocator.buffer();
        if (left != null) {
            all.writeBytes(left);
            left.release();
        }
        left = all.writeBytes(bytes);
    }

    void read(Consumer<ByteBuf> reader) {
        if (left != null) {
            reader.accept(left);
            if (left != null && !left.isReadable()) {
                release();
            }
        }
    }

    void release() {
        if (left != null) {
            left.release();
            left = null;
        }
    }
}
