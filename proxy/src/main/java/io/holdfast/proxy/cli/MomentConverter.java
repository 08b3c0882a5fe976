package io.holdfast.proxy.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment that is the same everywhere: a local time without a zone is not. */
final class MomentConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String value) {
        try {
            return ZonedDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + value
                    + "' (expected: a time with its offset or zone, such as 2026-03-14T22:30Z,"
                    + " 2026-03-14T23:30+01:00 or 2026-03-14T23:30+01:00[Europe/Berlin])");
        }
    }
}
