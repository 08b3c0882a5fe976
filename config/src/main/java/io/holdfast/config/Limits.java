package io.holdfast.config;

import java.time.Duration;

/**
 * Bounds that keep one client from harming the others.
 *
 * @param maxClients client connections at one time; further ones get 53300
 * @param handshakeTimeout from accept to the end of authentication
 * @param inspectBytes the longest Query or Parse text that is inspected; a longer one is refused, never cut
 */
public record Limits(int maxClients, Duration handshakeTimeout, int inspectBytes) {}
