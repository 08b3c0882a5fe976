package io.holdfast.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards clients.
 *
 * @param certificate PEM file with the certificate chain, leaf first
 * @param key PEM file with the unencrypted PKCS#8 private key
 * @param required true: a client that does not ask for TLS is refused
 * @param clients which certificates clients are asked for; null: none
 */
public record ServerTls(
        Path certificate,
        Path key,
        boolean required,
        @Nullable ClientCertificates clients) {
    public ServerTls {
        if (clients != null && clients.areRequired() && !required) {
            throw new IllegalArgumentException("required: false (expected: true, as clients must show certificates)");
        }
    }

    /** Clients are asked for no certificates. */
    public ServerTls(Path certificate, Path key, boolean required) {
        this(certificate, key, required, null);
    }
}
