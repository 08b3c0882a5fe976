package io.holdfast.proxy.error;

/**
 * What an ErrorResponse does to the session.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-error-fields.html">Error and Notice Message Fields</a>
 */
public enum Severity {
    /** The statement, or its transaction, has failed; the session goes on. */
    ERROR,
    /** The connection closes. */
    FATAL
}
