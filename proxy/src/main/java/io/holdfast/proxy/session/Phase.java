package io.holdfast.proxy.session;

/** Where a session stands, seen from its client. Replies still due live in the {@link ReplyLedger}, not here. */
enum Phase {
    /** No reply is due. */
    IDLE,
    /** Replies are due; further messages are read. */
    RUNNING,
    /** The next unit needs something first: replies, a leg, the audit. The client is not read. */
    WAITING,
    /** The next unit waits for people. The client is not read. */
    HELD,
    /** Everything up to the next Sync is discarded, as the server does after an error. */
    SKIPPING,
    CLOSED
}
