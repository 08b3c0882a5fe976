package io.holdfast.protocol.startup;

import java.util.Collection;
import java.util.List;

/**
 * Which protocol is spoken after a StartupMessage.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-overview.html#PROTOCOL-VERSIONS">Protocol Versions</a>
 */
public final class ProtocolVersion {
    /** The only major version. */
    public static final int MAJOR = 3;

    /** The newest minor version that is spoken. */
    public static final int LATEST_MINOR = 2;

    /** From this minor version on, cancel keys may be longer than 4 bytes. 3.1 was never released; it counts as 3.0 here. */
    private static final int LONG_KEYS = 2;

    /** Names of protocol extensions start with this. None is known. */
    private static final String EXTENSION = "_pq_.";

    private ProtocolVersion() {}

    /**
     * The outcome.
     *
     * @param minor to go on with, 0..{@link #LATEST_MINOR}
     * @param unsupported extensions that were asked for, in order
     * @param mustSend whether the client must be told by NegotiateProtocolVersion, before authentication
     */
    public record Negotiation(int minor, List<String> unsupported, boolean mustSend) {
        /** The full version, as NegotiateProtocolVersion carries it: {@code 0x00030002} for 3.2. */
        public int version() {
            return MAJOR << 16 | minor;
        }

        public boolean longCancelKeys() {
            return minor >= LONG_KEYS;
        }
    }

    /**
     * Decides as PostgreSQL 18 does: 3.0 to 3.2 are taken as they are, anything newer goes on as 3.2, and extensions are
     * named as unknown.
     *
     * @param minor what the client asked for, 0..65535
     * @param parameters the names in its StartupMessage
     */
    public static Negotiation negotiate(int minor, Collection<String> parameters) {
        List<String> unsupported =
                parameters.stream().filter(name -> name.startsWith(EXTENSION)).toList();
        return new Negotiation(
                Math.min(minor, LATEST_MINOR), unsupported, minor > LATEST_MINOR || !unsupported.isEmpty());
    }
}
