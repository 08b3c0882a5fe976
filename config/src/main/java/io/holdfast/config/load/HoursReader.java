package io.holdfast.config.load;

import io.holdfast.config.Hours;
import io.holdfast.config.Hours.Window;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code time}, {@code days} and {@code zone} of a rule's {@code when}. */
final class HoursReader {
    private static final Pattern WINDOW_TEXT =
            Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])-(?:([01][0-9]|2[0-3]):([0-5][0-9])|(24):(00))");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private static final Kind<Window> WINDOW =
            new Kind<>("two different times such as 22:00-06:00, or 18:00-24:00 up to midnight", HoursReader::window);
    private static final Kind<Set<DayOfWeek>> SOME_DAYS =
            new Kind<>("a day such as mon, or days such as mon-fri", HoursReader::days);
    private static final Kind<ZoneId> ZONE = new Kind<>(
            "a time zone by its name, such as Europe/Berlin or UTC",
            text -> ZoneId.getAvailableZoneIds().contains(text) ? Optional.of(ZoneId.of(text)) : Optional.empty());

    private HoursReader() {}

    /** Null: at any time, or a problem was reported. */
    static @Nullable Hours read(Section when) {
        List<Window> windows = RuleReader.some(when, "time", WINDOW);
        Set<DayOfWeek> days = RuleReader.some(when, "days", SOME_DAYS).stream()
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
        boolean some = when.get("time").isPresent() || when.get("days").isPresent();
        if (some != when.get("zone").isPresent()) {
            when.problem(
                    "zone",
                    some ? "missing, but there is a time" : "there, but no time",
                    some ? ZONE.expected() : "time, days or both");
            return null;
        }
        Optional<ZoneId> zone = when.get("zone").flatMap(value -> value.as(ZONE));
        return zone.map(place -> new Hours(windows, days, place)).orElse(null);
    }

    private static Optional<Window> window(String text) {
        Matcher parts = WINDOW_TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int from = minute(parts.group(1), parts.group(2));
        int to = parts.group(5) == null ? minute(parts.group(3), parts.group(4)) : Hours.DAY;
        // Midnight ends a day: 00:00 behind a dash is that of the next.
        return from == to ? Optional.empty() : Optional.of(new Window(from, to == 0 ? Hours.DAY : to));
    }

    private static int minute(String hour, String minute) {
        return Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
    }

    /** {@code fri-mon} goes over the weekend. */
    private static Optional<Set<DayOfWeek>> days(String text) {
        String[] ends = text.split("-", -1);
        int first = DAYS.indexOf(ends[0]);
        int last = DAYS.indexOf(ends[ends.length - 1]);
        if (ends.length > 2 || first < 0 || last < 0) {
            return Optional.empty();
        }
        Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(first + 1));
        for (int day = first; day != last; day = (day + 1) % DAYS.size()) {
            days.add(DayOfWeek.of((day + 1) % DAYS.size() + 1));
        }
        return Optional.of(days);
    }
}
