package io.holdfast.protocol.startup;

/**
 * TLS from the first byte, without an SSLRequest.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL">SSL Session Encryption</a>
 */
public final class DirectTls {
    /** The one ALPN protocol. A client that offers another, or with direct TLS none, must be turned away. */
    public static final String ALPN = "postgresql";

    /** Content type of a TLS handshake record. As a length it would be 369 million, so no startup packet begins with it. */
    private static final byte HANDSHAKE = 0x16;

    private DirectTls() {}

    /** Whether a connection that begins with this byte speaks TLS. */
    public static boolean isTls(byte first) {
        return first == HANDSHAKE;
    }
}
