package io.holdfast.proxy.value;

import java.util.HexFormat;

/** Numbers and what is counted by them. */
final class Numbers {
    private static final int BASE = 10_000;
    private static final int BASE_DIGITS = 4;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xc000;
    private static final int POSITIVE_INFINITY = 0xd000;
    private static final int NEGATIVE_INFINITY = 0xf000;
    private static final int MOST_SCALE = 0x3fff;

    /** Ten bytes could otherwise be a text of 131,072 digits. */
    private static final int MOST_DIGITS = 2_000;

    /** Printed whole up to this; what is longer is told by its length. */
    private static final int SHOWN_BYTES = 1_024;

    private Numbers() {}

    /** A boolean is cast to text in full, and printed within others by its first letter. */
    static String bool(Bytes in) {
        boolean value = in.int8() != 0;
        return in.isWithin() ? value ? "t" : "f" : String.valueOf(value);
    }

    static String int2(Bytes in) {
        return String.valueOf(in.int16());
    }

    static String int4(Bytes in) {
        return String.valueOf(in.int32());
    }

    static String int8(Bytes in) {
        return String.valueOf(in.int64());
    }

    static String unsigned4(Bytes in) {
        return Integer.toUnsignedString(in.int32());
    }

    static String unsigned8(Bytes in) {
        return Long.toUnsignedString(in.int64());
    }

    static String float4(Bytes in) {
        return Floats.text(in.float4());
    }

    static String float8(Bytes in) {
        return Floats.text(in.float8());
    }

    /** What the number means depends on lc_monetary, which is the server's business. */
    static String money(Bytes in) {
        in.isNoLiteral();
        return in.int64() + " of the smallest unit of lc_monetary";
    }

    static String lsn(Bytes in) {
        return String.format("%X/%X", in.int32(), in.int32());
    }

    static String tid(Bytes in) {
        return "(" + Integer.toUnsignedString(in.int32()) + ',' + in.uint16() + ')';
    }

    /** Digits to the base 10,000 and where the point stands; what is behind the scale is cut off, as the server does. */
    static String numeric(Bytes in) {
        int count = in.uint16();
        int weight = in.int16();
        int sign = in.uint16();
        int scale = in.uint16();
        if (count * Short.BYTES != in.remaining() || scale > MOST_SCALE) {
            throw new Undecodable("it is no number");
        }
        return switch (sign) {
            case 0, NEGATIVE -> number(digits(in, count), weight, sign == NEGATIVE, scale);
            case NAN -> "NaN";
            case POSITIVE_INFINITY -> "Infinity";
            case NEGATIVE_INFINITY -> "-Infinity";
            default -> throw new Undecodable("it is no number");
        };
    }

    private static int[] digits(Bytes in, int count) {
        int[] digits = new int[count];
        for (int i = 0; i < count; i++) {
            digits[i] = in.int16();
            if (digits[i] < 0 || digits[i] >= BASE) {
                throw new Undecodable("it is no number");
            }
        }
        return digits;
    }

    private static String number(int[] digits, int weight, boolean negative, int scale) {
        if ((weight + 1) * BASE_DIGITS > MOST_DIGITS || scale > MOST_DIGITS) {
            throw new Undecodable("it has more digits than anybody reads");
        }
        StringBuilder text = new StringBuilder();
        for (int place = Math.max(weight, 0); place >= 0; place--) {
            text.append(fourDigits(digits, weight - place));
        }
        while (text.length() > 1 && text.charAt(0) == '0') {
            text.deleteCharAt(0);
        }
        if (scale > 0) {
            int end = text.append('.').length() + scale;
            for (int place = -1; text.length() < end; place--) {
                text.append(fourDigits(digits, weight - place));
            }
            text.setLength(end);
        }
        boolean zero = text.chars().allMatch(c -> c == '0' || c == '.');
        return negative && !zero ? "-" + text : text.toString();
    }

    private static String fourDigits(int[] digits, int index) {
        int digit = index >= 0 && index < digits.length ? digits[index] : 0;
        return String.valueOf(BASE + digit).substring(1);
    }

    /** As hexadecimal numbers. */
    static String bytea(Bytes in) {
        byte[] bytes = in.rest();
        String hex = "\\x" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN_BYTES));
        if (bytes.length <= SHOWN_BYTES) {
            return hex;
        }
        in.isNoLiteral();
        return hex + "... (" + SHOWN_BYTES + " of " + bytes.length + " bytes)";
    }

    /** Zeros and ones. */
    static String bits(Bytes in) {
        int count = in.int32();
        if (count < 0 || in.remaining() != (count + Byte.SIZE - 1L) / Byte.SIZE) {
            throw new Undecodable("it is no bit string");
        }
        byte[] bytes = in.rest();
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append((bytes[i / Byte.SIZE] >> (Byte.SIZE - 1 - i % Byte.SIZE)) & 1);
        }
        return text.toString();
    }
}
