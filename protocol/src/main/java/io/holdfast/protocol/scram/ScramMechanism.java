package io.holdfast.protocol.scram;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of the two mechanisms.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sasl-authentication.html">SASL Authentication</a>
 */
public final class ScramMechanism {
    public static final String PLAIN = "SCRAM-SHA-256";

    /** Bound to the TLS channel it runs in. */
    public static final String PLUS = "SCRAM-SHA-256-PLUS";

    /** The only binding that PostgreSQL knows. */
    static final String BINDING = "tls-server-end-point";

    /** PostgreSQL's PG_MAX_SASL_MESSAGE_LENGTH; a message of either side is refused beyond it. */
    static final int MAX_MESSAGE = 1024;

    private ScramMechanism() {}

    /** What a server offers, its favourite first; PLUS only where there is a channel to bind to. */
    public static List<String> offered(byte @Nullable [] channelBinding) {
        return channelBinding == null ? List.of(PLAIN) : List.of(PLUS, PLAIN);
    }
}
