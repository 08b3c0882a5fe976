package io.holdfast.proxy.cli;

import io.holdfast.proxy.policy.RowEstimate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of rows. */
final class RowsConverter implements ITypeConverter<RowEstimate> {
    @Override
    public RowEstimate convert(String value) {
        if (!value.matches("[0-9]{1,12}")) {
            throw new TypeConversionException("'" + value + "' (expected: a number from 0 to 999999999999)");
        }
        return new RowEstimate.AtMost(Long.parseLong(value));
    }
}
