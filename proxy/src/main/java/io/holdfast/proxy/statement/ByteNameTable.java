package io.holdfast.proxy.statement;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds an unquoted name of the text in a fixed set of lower-case ASCII names without making a String of it. */
final class ByteNameTable<V> {
    private final byte[][] names;
    private final Object[] values;
    private final int mask;

    ByteNameTable(Map<String, V> entries) {
        int capacity =
                Integer.highestOneBit(Math.max(1, entries.size())) << 2; // at most half full, so probes stay short
        names = new byte[capacity][];
        values = new Object[capacity];
        mask = capacity - 1;
        entries.forEach((name, value) -> {
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            int slot = hash(bytes, 0, bytes.length) & mask;
            while (names[slot] != null) {
                slot = (slot + 1) & mask;
            }
            names[slot] = bytes;
            values[slot] = value;
        });
    }

    /** The value of the name at {@code start..end}, folded as PostgreSQL folds it; null if it is not in the set. */
    @SuppressWarnings("unchecked") // only values of type V are put in
    @Nullable
    V get(byte[] text, int start, int end) {
        for (int slot = hash(text, start, end) & mask; names[slot] != null; slot = (slot + 1) & mask) {
            if (matches(names[slot], text, start, end)) {
                return (V) values[slot];
            }
        }
        return null;
    }

    private static boolean matches(byte[] name, byte[] text, int start, int end) {
        if (name.length != end - start) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (name[i] != ByteClass.fold(text[start + i])) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + ByteClass.fold(text[i]);
        }
        return hash ^ (hash >>> 15);
    }
}
