package io.holdfast.config.load;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 5s}, {@code 1h30m}, {@code 2d}; larger units first. */
final class Durations {
    private static final Pattern TEXT = Pattern.compile(
            "(?:([0-9]{1,9})d)?(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?");

    private Durations() {}

    /** A duration from {@code min} to {@code max}. */
    static Kind<Duration> between(Duration min, Duration max) {
        String expected = "a duration of " + format(min) + " to " + format(max) + ", such as 30s or 1h30m";
        return new Kind<>(expected, Durations::parse)
                .where(expected, duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0);
    }

    /** The same, or {@code off} or {@code 0}, which are zero. */
    static Kind<Duration> orOff(Kind<Duration> kind) {
        return new Kind<>(
                kind.expected() + ", or off",
                text -> text.equals("off") || text.equals("0")
                        ? Optional.of(Duration.ZERO)
                        : kind.parse().apply(text));
    }

    static Optional<Duration> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(part(parts, 1))
                .plusHours(part(parts, 2))
                .plusMinutes(part(parts, 3))
                .plusSeconds(part(parts, 4))
                .plusMillis(part(parts, 5)));
    }

    static String format(Duration duration) {
        String text = part(duration.toDays(), "d")
                + part(duration.toHoursPart(), "h")
                + part(duration.toMinutesPart(), "m")
                + part(duration.toSecondsPart(), "s")
                + part(duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text;
    }

    private static long part(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static String part(long amount, String unit) {
        return amount == 0 ? "" : amount + unit;
    }
}
