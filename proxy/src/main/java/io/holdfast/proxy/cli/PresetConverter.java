package io.holdfast.proxy.cli;

import io.holdfast.config.Protect.Preset;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Presets in the words of the configuration file. */
final class PresetConverter implements ITypeConverter<Preset> {
    @Override
    public Preset convert(String value) {
        return Stream.of(Preset.OBSERVE, Preset.GUARDRAIL, Preset.STRICT)
                .filter(preset -> preset.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("'" + value + "' (expected: observe, guardrail or strict)"));
    }
}
