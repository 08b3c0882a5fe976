package io.holdfast.config;

import java.time.Duration;

/**
 * Counting the rows that a held statement would touch, for those who decide.
 *
 * @param where on which server
 * @param limit of one count; a longer one is given up, and that is told
 */
public record Counting(Where where, Duration limit) {
    /** On a follower, for three seconds. */
    public static final Counting DEFAULT = new Counting(Where.FOLLOWER, Duration.ofSeconds(3));

    /** The server that counts. */
    public enum Where {
        /** A follower; none is counted while there is none. */
        FOLLOWER,
        /** As FOLLOWER, but the primary if it is the only server that is configured. */
        ONLY_SERVER,
        /** Nothing is counted. */
        NOWHERE
    }
}
