package io.holdfast.proxy.approval;

/** What can happen to a hold. */
enum HoldEvent {
    /** Enough approvals, or the delay is over; a client waits. */
    APPROVE,
    /** The same, and no client waits; or the client of an approved hold stops waiting. */
    GRANT,
    DENY,
    /** The deadline of its state has passed. */
    EXPIRE,
    /** The client is gone or has cancelled. */
    WITHDRAW,
    /** A session takes it to run it. */
    CLAIM,
    SUCCEED,
    FAIL,
    /** The connection broke before an outcome was seen. */
    LOSE
}
