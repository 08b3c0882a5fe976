package io.holdfast.proxy.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment as people say it: how long ago, a day, or a time in UTC. */
final class AgoConverter implements ITypeConverter<Instant> {
    static final String HELP =
            "How long ago (90m, 2h, 1d), a day in UTC (2026-03-13), or a time (2026-03-13T09:00:00Z).";

    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    private final InstantSource clock;

    /** As picocli makes it. */
    AgoConverter() {
        this(InstantSource.system());
    }

    AgoConverter(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String value) {
        Matcher ago = AGO.matcher(value);
        if (ago.matches()) {
            Duration unit = UNITS.getOrDefault(ago.group(2), Duration.ZERO);
            return clock.instant().minus(unit.multipliedBy(Long.parseLong(ago.group(1))));
        }
        try {
            return value.indexOf('T') < 0
                    ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'" + value + "' (expected: 90m, 2h, 1d, 2026-03-13 or 2026-03-13T09:00:00Z)");
        }
    }
}
