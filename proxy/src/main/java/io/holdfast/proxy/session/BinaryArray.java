package io.holdfast.proxy.session;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bound array of one dimension in binary format, as its text: {@code {1,NULL,"a b"}}. Drivers send lists of numbers so.
 *
 * @see <a href="https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO">Array Input and Output Syntax</a>
 */
final class BinaryArray {
    private static final int HEADER = 3 * Integer.BYTES;

    private BinaryArray() {}

    /**
     * The array.
     *
     * @param element type of the elements
     * @return null: it is not one of these elements and one dimension, from 1 on
     */
    static @Nullable String text(int element, ByteBuf value) {
        ByteBuf in = value.slice();
        if (in.readableBytes() < HEADER) {
            return null;
        }
        int dimensions = in.readInt();
        in.skipBytes(Integer.BYTES); // whether there are NULLs
        if (in.readInt() != element || dimensions > 1 || dimensions < 0) {
            return null;
        }
        if (dimensions == 0) {
            return in.isReadable() ? null : "{}";
        }
        if (in.readableBytes() < 2 * Integer.BYTES) {
            return null;
        }
        int count = in.readInt();
        return in.readInt() == 1 ? elements(element, count, in) : null;
    }

    private static @Nullable String elements(int element, int count, ByteBuf in) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (in.readableBytes() < Integer.BYTES) {
                return null;
            }
            int length = in.readInt();
            if (length > in.readableBytes()) {
                return null;
            }
            texts.add(length < 0 ? "NULL" : quoted(BinaryValue.text(element, in.readSlice(length))));
        }
        return in.isReadable() ? null : '{' + String.join(",", texts) + '}';
    }

    /** What is not a plain number or word stands in quotes, as the server prints it. */
    private static String quoted(String text) {
        boolean plain = !text.isEmpty()
                && !text.equalsIgnoreCase("null")
                && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "+-._".indexOf(c) >= 0);
        return plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
