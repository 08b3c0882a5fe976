package io.holdfast.protocol.startup;

/**
 * Codes that stand where a StartupMessage has its version: major 1234, which will never be one.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>
 */
public final class RequestCode {
    public static final int CANCEL = 80877102;
    public static final int SSL = 80877103;
    public static final int GSSENC = 80877104;

    private RequestCode() {}
}
