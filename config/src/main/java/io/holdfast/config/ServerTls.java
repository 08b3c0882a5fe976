package io.holdfast.config;

import java.nio.file.Path;

/**
 * TLS towards clients.
 *
 * @param certificate PEM file with the certificate chain, leaf first
 * @param key PEM file with the unencrypted PKCS#8 private key
 * @param required true: a client that does not ask for TLS is refused
 */
public record ServerTls(Path certificate, Path key, boolean required) {}
