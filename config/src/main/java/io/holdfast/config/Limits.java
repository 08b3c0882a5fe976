package io.holdfast.config;

import java.time.Duration;

/**
 * Bounds that keep one client from harming the others.
 *
 * @param maxClients client connections at one time; further ones get 53300
 * @param maxClientsPerUser of those, at most so many logged in as one user
 * @param maxClientsPerDatabase of those, at most so many in one database
 * @param maxHandshakes connections that have not said yet who they are; one more closes the oldest
 * @param handshakeTimeout from accept to the end of authentication
 * @param idleTimeout a client that says nothing for so long outside a transaction gets 57P05; zero: never
 * @param inspectBytes the longest Query or Parse text that is inspected; a longer one is refused, never cut
 */
public record Limits(
        int maxClients,
        int maxClientsPerUser,
        int maxClientsPerDatabase,
        int maxHandshakes,
        Duration handshakeTimeout,
        Duration idleTimeout,
        int inspectBytes) {
    /** As many as this, unless the file says otherwise: their first packets together take a few megabytes. */
    public static final int DEFAULT_HANDSHAKES = 1000;

    /** No bound for a single user or database, and none on idling. */
    public Limits(int maxClients, Duration handshakeTimeout, int inspectBytes) {
        this(maxClients, maxClients, maxClients, DEFAULT_HANDSHAKES, handshakeTimeout, Duration.ZERO, inspectBytes);
    }
}
