package io.holdfast.proxy.audit;

import org.jspecify.annotations.Nullable;

/**
 * The end of the chain, which the next line continues.
 *
 * @param seq of the last line; 0: there is none
 * @param hash SHA-256 of the last line, lower-case hexadecimal
 * @param torn what a crash left behind of a line that was never acknowledged; null: nothing
 */
record Tail(long seq, String hash, @Nullable String torn) {
    /** Before the first line. */
    static final Tail NONE = new Tail(0, "0".repeat(64), null);

    Tail(long seq, String hash) {
        this(seq, hash, null);
    }
}
