package io.holdfast.proxy.bypass;

/** What becomes of a way around under preset guardrail. */
enum Outcome {
    /** Waits for two people; nothing of it has run. */
    HELD,
    /** Plants code, which guardrail lets developers do; preset strict holds it. */
    HELD_IN_STRICT,
    /** The proxy will not pass it on at all. */
    REFUSED,
    /** The server says that it is no statement, and nobody is asked. */
    INVALID,
    /** Runs, on whichever server, and touches nothing. */
    HARMLESS,
    /** Goes to the primary as it is and touches nothing that is counted here. */
    FORWARDED,
    /** Is a read as far as its text shows: the follower gets it, which cannot be written, and refuses. */
    READ_ON_FOLLOWER,
    /** Runs on the primary and takes rows: how many, only counting them before COMMIT would tell. */
    NEEDS_ROW_BUDGET,
    /** Runs code that the catalog names and nobody can read: takes rows under guardrail, and is held under strict. */
    HELD_ONLY_IN_STRICT;

    /** Whether rows are lost today. */
    boolean getsThrough() {
        return this == NEEDS_ROW_BUDGET || this == HELD_ONLY_IN_STRICT;
    }
}
