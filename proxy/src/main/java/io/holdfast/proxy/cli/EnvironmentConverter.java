package io.holdfast.proxy.cli;

import io.holdfast.config.Upstream.Environment;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Environments in the words of the configuration file. */
final class EnvironmentConverter implements ITypeConverter<Environment> {
    @Override
    public Environment convert(String value) {
        return Stream.of(Environment.values())
                .filter(environment ->
                        environment.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("'" + value + "' (expected: production, staging or local)"));
    }
}
