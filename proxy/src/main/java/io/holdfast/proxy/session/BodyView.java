package io.holdfast.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Shows the bodies of frames where they lie. One object serves all frames of a buffer, where a slice each would be most of what a short
 * statement leaves for the garbage collector; so a body is to be read before the next one is asked for, and never kept.
 */
final class BodyView {
    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private @Nullable ByteBuf view;

    /** From now on, bodies are of this buffer. */
    void enter(ByteBuf bytes) {
        in = bytes;
        view = null;
    }

    /** The buffer is read; nothing of it is kept here. */
    void leave() {
        enter(Unpooled.EMPTY_BUFFER);
    }

    /**
     * The body that begins at the index, from reader to writer index of what is returned; valid until the next call.
     *
     * @param length in bytes; all of them are there
     */
    ByteBuf of(int index, int length) {
        ByteBuf body = view;
        if (body == null) {
            body = in.duplicate();
            view = body;
        }
        return body.setIndex(index, index + length);
    }
}
