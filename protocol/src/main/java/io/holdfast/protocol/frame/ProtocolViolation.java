package io.holdfast.protocol.frame;

/**
 * The peer broke the protocol. The message states the fact in one line, fit for the client that caused it: no SQL, no
 * secrets. Carries no stack trace, because a hostile peer can raise it at will and it names the fault by itself.
 */
public final class ProtocolViolation extends RuntimeException {
    /** States the fact in the form {@code length: 3 (expected: 4..10000)}, or in the words PostgreSQL has for it. */
    public ProtocolViolation(String fact) {
        super(fact, null, false, false);
    }
}
