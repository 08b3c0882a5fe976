package io.holdfast.proxy.upstream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts on a host that does not answer: quick at first, then doubling, and never in step with other proxies. */
final class Backoff {
    private static final long FIRST_MILLIS = 50;
    private static final long LONGEST_MILLIS = 3_000;

    private Backoff() {}

    /**
     * How long to wait after the nth failure in a row.
     *
     * @param failures 1 or more
     * @return between half and the whole of 50 ms doubled with each failure, up to 3 s
     */
    static Duration pause(int failures, RandomGenerator random) {
        long whole = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, 10));
        return Duration.ofMillis(random.nextLong(whole / 2, whole + 1));
    }
}
