package io.holdfast.proxy.session;

/** What moves a session from one {@link Phase} to another. */
enum SessionEvent {
    /** A unit went to a leg. */
    FORWARD,
    /** We answered a unit ourselves, completely. */
    ANSWER,
    /** The next unit needs something that is not there yet. */
    WAIT,
    /** The next unit needs people. */
    HOLD,
    /** What the client's next message had to wait for is there. */
    RESUME,
    /** The last reply due was relayed. */
    REPLIES_DONE,
    /** A message of an open unit failed or was refused. */
    SKIP,
    /** The client or a server that it depended on is gone. */
    GONE
}
