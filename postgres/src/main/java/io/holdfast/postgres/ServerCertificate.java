package io.holdfast.postgres;

import java.nio.file.Path;

/**
 * What a server shows to clients that ask for TLS. Both files are copied, with the owner and mode PostgreSQL wants.
 *
 * @param certificate PEM file with the chain, leaf first
 * @param key PEM file with the unencrypted private key
 */
public record ServerCertificate(Path certificate, Path key) {}
