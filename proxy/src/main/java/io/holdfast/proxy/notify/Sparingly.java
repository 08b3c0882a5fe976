package io.holdfast.proxy.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Keeps what anybody outside can cause from flooding the log. Safe for use by many threads. */
final class Sparingly {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final InstantSource clock;
    private Instant next = Instant.MIN;

    Sparingly(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether it may be said now: once a minute. */
    synchronized boolean mayBeSaid() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return false;
        }
        next = now.plus(INTERVAL);
        return true;
    }
}
