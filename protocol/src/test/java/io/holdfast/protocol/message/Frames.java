package io.holdfast.protocol.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/** Frames for tests; unpooled heap buffers, left to the garbage collector. */
final class Frames {
    private Frames() {}

    /** Writes one frame, checks tag and length, and gives its body. */
    static ByteBuf body(FrontendTag tag, Consumer<ByteBuf> writer) {
        return body(tag.code(), writer);
    }

    static ByteBuf body(BackendTag tag, Consumer<ByteBuf> writer) {
        return body(tag.code(), writer);
    }

    private static ByteBuf body(byte tag, Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer();
        out.writeInt(0xcafe); // a frame need not start at index 0
        writer.accept(out);
        out.skipBytes(4);
        assertThat(out.readByte()).isEqualTo(tag);
        assertThat(out.readInt()).isEqualTo(out.readableBytes() + 4);
        return out;
    }

    /** A body of these characters, one byte each. */
    static ByteBuf raw(String bytes) {
        return Unpooled.copiedBuffer(bytes, ISO_8859_1);
    }
}
