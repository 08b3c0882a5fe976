package io.holdfast.proxy.approval;

/** The answer to a session whose statement needs approval. */
public sealed interface Admitted {
    /** A grant covers it, and is used up: it runs, and its outcome must be reported. */
    record Granted(HoldView hold) implements Admitted {}

    /** It waits, or was noted for a client that cannot wait. */
    record Opened(HoldView hold) implements Admitted {}

    /** There are too many; the statement must be refused. */
    record Full() implements Admitted {}
}
