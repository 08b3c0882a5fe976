package io.holdfast.proxy.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again.
 *
 * @param attempts in a row for one message, at least 1
 */
record Retries(int attempts) {
    /** About 25 minutes of an outage. */
    static final Retries PATIENT = new Retries(30);

    /** For who comes back with what is true by then. */
    static final Retries NONE = new Retries(1);

    /** For what nobody wants to hear much later. */
    static final Retries BRIEF = new Retries(3);

    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 60_000;

    /**
     * How long to wait after the nth failure in a row, at least as long as the other side asks.
     *
     * @param failures 1 or more
     * @return beyond that, between half and the whole of one second, doubled with each failure, up to a minute
     */
    static Duration pause(int failures, Answer.Later answer, RandomGenerator random) {
        long whole = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, 10));
        Duration jittered = Duration.ofMillis(random.nextLong(whole / 2, whole + 1));
        Duration asked = answer.after();
        return asked == null ? jittered : asked.plus(jittered);
    }
}
