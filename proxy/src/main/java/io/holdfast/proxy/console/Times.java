package io.holdfast.proxy.console;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as people read them. */
public final class Times {
    private Times() {}

    /** {@code 1d 2h}, {@code 29m 30s}, {@code 5s}, {@code 3ms}; two units are enough. */
    public static String text(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + "d " + time.toHoursPart() + 'h';
        }
        if (time.toHours() > 0) {
            return time.toHours() + "h " + time.toMinutesPart() + 'm';
        }
        if (time.toMinutes() > 0) {
            return time.toMinutes() + "m " + time.toSecondsPart() + 's';
        }
        return time.toSeconds() > 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    /** UTC, to the second: {@code 2026-03-13T09:00:00Z}. */
    public static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
