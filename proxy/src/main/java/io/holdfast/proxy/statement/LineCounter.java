package io.holdfast.proxy.statement;

/** Line numbers of offsets that are asked for in order. */
final class LineCounter {
    private final byte[] text;
    private int at;
    private int line = 1;

    LineCounter(byte[] text) {
        this.text = text;
    }

    /** From 1; {@code offset} must not be below that of the last question. */
    int lineOf(int offset) {
        for (; at < offset; at++) {
            if (text[at] == '\n') {
                line++;
            }
        }
        return line;
    }
}
