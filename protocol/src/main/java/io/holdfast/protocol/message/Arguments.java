package io.holdfast.protocol.message;

import io.holdfast.protocol.frame.ProtocolViolation;

/**
 * Values of a Bind or a FunctionCall.
 *
 * @param formats of the values: none (all text), one for all, or one for each; 0 is text, 1 is binary
 * @param values in order
 * @param resultFormats in the same manner, for the columns of the result
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record Arguments(int[] formats, ValueList values, int[] resultFormats) {
    /** Checks what the server checks: as many formats as values, unless there are none or one. */
    public Arguments {
        checkFormats(formats.length, values.size());
    }

    static void checkFormats(int formats, int values) {
        if (formats > 1 && formats != values) {
            throw new ProtocolViolation("parameter formats: " + formats + " (expected: 0, 1 or " + values + ')');
        }
    }

    /** Format of one value: 0 is text, 1 is binary. */
    public int format(int index) {
        return switch (formats.length) {
            case 0 -> 0;
            case 1 -> formats[0];
            default -> formats[index];
        };
    }
}
