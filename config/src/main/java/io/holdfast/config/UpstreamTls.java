package io.holdfast.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards the servers, in libpq's words.
 *
 * @param mode how much is asked of the server
 * @param rootCertificate PEM file of the trusted authorities; null: the JDK's
 */
public record UpstreamTls(Mode mode, @Nullable Path rootCertificate) {
    /** As libpq's {@code sslmode}: what is missing here (allow, prefer) protects nothing. */
    public enum Mode {
        DISABLE,
        /** Encrypts, checks nothing. */
        REQUIRE,
        /** Checks the chain. */
        VERIFY_CA,
        /** Checks the chain and the host name. */
        VERIFY_FULL
    }
}
