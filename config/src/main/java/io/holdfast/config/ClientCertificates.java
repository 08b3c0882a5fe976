package io.holdfast.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * That clients are asked for certificates. Whatever the demand is, one that is shown must be valid and of the authorities, or the TLS
 * handshake fails.
 *
 * @param demand who must show one
 * @param authorities PEM file of those that clients' certificates are trusted from, one or several
 * @param revocations file of the authorities' revocation lists, PEM or DER; null: none is looked at
 */
public record ClientCertificates(
        Demand demand, Path authorities, @Nullable Path revocations) {
    /** Who must show a certificate, in PostgreSQL's words where it has any. */
    public enum Demand {
        /** Nobody must. */
        OPTIONAL,
        /** Everybody. */
        VERIFY_CA,
        /** Everybody, and its common name must be that of the PostgreSQL user. */
        VERIFY_FULL
    }

    /** Whether nobody gets in without. */
    public boolean areRequired() {
        return demand != Demand.OPTIONAL;
    }
}
