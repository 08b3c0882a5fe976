package io.holdfast.protocol.trace;

import io.netty.buffer.ByteBuf;

/** A part of a message, both as bytes and as words of a line. */
interface Field {
    /**
     * Consumes the field's bytes and appends its words, each behind a blank.
     *
     * @throws IndexOutOfBoundsException if there are fewer bytes, or bytes that the words cannot say
     */
    void format(ByteBuf in, StringBuilder line);

    /**
     * Consumes the field's words and appends its bytes.
     *
     * @throws IllegalArgumentException if other words are there
     */
    void parse(LineReader line, ByteBuf out);
}
