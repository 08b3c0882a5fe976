package io.holdfast.protocol.startup;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends before anything has a tag.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-START-UP">Start-up</a>
 */
public sealed interface InitialPacket {
    /**
     * Asks for TLS; the answer is one byte, {@code S} or {@code N}. Bytes that came with it in clear must close the
     * connection, or they would pass for bytes sent inside TLS.
     */
    record SslRequest() implements InitialPacket {}

    /** Asks for GSSAPI encryption; the same care as with {@link SslRequest}. */
    record GssEncRequest() implements InitialPacket {}

    /**
     * Cancels what another connection does. Never answered.
     *
     * @param key 1..256 bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // compared in constant time, by those who know how
    record CancelRequest(int pid, byte[] key) implements InitialPacket {
        /** Without the key: this may end in a log. */
        @Override
        public String toString() {
            return "CancelRequest[pid=" + pid + ']';
        }
    }

    /**
     * Opens a session. Names and values are UTF-8; no name occurs twice, whatever its case; user and
     * database are cut to what a server makes of them.
     *
     * @param major always 3
     * @param minor 0 and up; see {@link ProtocolVersion#negotiate}
     * @param parameters in the order of the packet
     */
    record StartupMessage(int major, int minor, Map<String, String> parameters) implements InitialPacket {
        /** Copies the parameters. */
        public StartupMessage {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }

        /** The user, at most 63 bytes; null where none is given, which a server answers with FATAL 28000. */
        public @Nullable String user() {
            return given("user");
        }

        /** The database, at most 63 bytes; the user's name where none is given, as in PostgreSQL. */
        public @Nullable String database() {
            String database = given("database");
            return database != null ? database : user();
        }

        private @Nullable String given(String name) {
            String value = parameters.get(name);
            return value == null || value.isEmpty() ? null : value;
        }
    }

    /** Another major version. A server answers FATAL 0A000 with {@link #message} and closes. */
    record UnsupportedVersion(int major, int minor) implements InitialPacket {
        /** PostgreSQL's words. */
        public String message() {
            return "unsupported frontend protocol " + major + '.' + minor + ": server supports " + ProtocolVersion.MAJOR
                    + ".0 to " + ProtocolVersion.MAJOR + '.' + ProtocolVersion.LATEST_MINOR;
        }
    }

    /** A StartupMessage that cannot be read. A server answers FATAL 08P01 with the message and closes. */
    record Malformed(String message) implements InitialPacket {}
}
