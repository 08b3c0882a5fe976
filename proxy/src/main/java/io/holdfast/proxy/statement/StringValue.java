package io.holdfast.proxy.statement;

import java.io.ByteArrayOutputStream;

/** The bytes that a string constant or quoted name stands for. */
final class StringValue {
    private StringValue() {}

    /**
     * From after the opening quote to {@code end}, which is after the closing one; doubled quotes are one. What stands
     * between the pieces of a continued string is left out.
     */
    static byte[] plain(byte[] sql, int start, int end, byte quote) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
        int i = start;
        while (i < end - 1) {
            if (sql[i] != quote) {
                out.write(sql[i++]);
            } else if (sql[i + 1] == quote) {
                out.write(quote);
                i += 2;
            } else {
                i = nextPiece(sql, i + 1);
            }
        }
        return out.toByteArray();
    }

    /** As {@link #plain}, for E strings. */
    static byte[] escaped(byte[] sql, int start, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
        int i = start;
        while (i < end - 1) {
            if (sql[i] == '\\') {
                i = escape(sql, i + 1, out);
            } else if (sql[i] != '\'') {
                out.write(sql[i++]);
            } else if (sql[i + 1] == '\'') {
                out.write('\'');
                i += 2;
            } else {
                i = nextPiece(sql, i + 1);
            }
        }
        return out.toByteArray();
    }

    /** Decodes {@code \XXXX} and {@code \+XXXXXX}; pairs of surrogates make one character. */
    static byte[] unicode(byte[] text, byte escape) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
        int high = 0;
        int i = 0;
        while (i < text.length) {
            if (text[i] != escape) {
                out.write(text[i++]);
            } else if (i + 1 < text.length && text[i + 1] == escape) {
                out.write(escape);
                i += 2;
            } else {
                boolean six = i + 1 < text.length && text[i + 1] == '+';
                int first = six ? i + 2 : i + 1;
                int digits = six ? 6 : 4;
                int codePoint = hex(text, first, digits);
                i = first + digits;
                if (high != 0) {
                    codePoint = Character.toCodePoint((char) high, (char) codePoint);
                    high = 0;
                } else if (codePoint >= 0xd800 && codePoint <= 0xdbff) {
                    high = codePoint;
                    continue;
                }
                Names.appendUtf8(out, codePoint);
            }
        }
        return out.toByteArray();
    }

    /** After a piece's closing quote only white space and {@code --} comments stand before the next opening one. */
    private static int nextPiece(byte[] sql, int from) {
        int i = from;
        while (sql[i] != '\'') {
            if (sql[i] == '-') {
                while (!ByteClass.isNewline(sql[i])) {
                    i++;
                }
            }
            i++;
        }
        return i + 1;
    }

    private static int escape(byte[] sql, int i, ByteArrayOutputStream out) {
        byte b = sql[i];
        switch (b) {
            case 'b' -> out.write('\b');
            case 'f' -> out.write('\f');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case 't' -> out.write('\t');
            case 'v' -> out.write(0x0b);
            case 'u' -> {
                Names.appendUtf8(out, hex(sql, i + 1, 4));
                return i + 5;
            }
            case 'U' -> {
                Names.appendUtf8(out, hex(sql, i + 1, 8));
                return i + 9;
            }
            case 'x' -> {
                return radix(sql, i + 1, 16, 2, out, b);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                return radix(sql, i, 8, 3, out, b);
            }
            default -> out.write(b);
        }
        return i + 1;
    }

    private static int radix(byte[] sql, int start, int radix, int most, ByteArrayOutputStream out, byte none) {
        int value = 0;
        int i = start;
        while (i < start + most && digit(sql, i, radix) >= 0) {
            value = value * radix + digit(sql, i++, radix);
        }
        out.write(i == start ? none : value);
        return i;
    }

    private static int hex(byte[] text, int start, int digits) {
        int value = 0;
        for (int i = start; i < start + digits; i++) {
            int digit = digit(text, i, 16);
            if (digit < 0) {
                throw new Unreadable("has an invalid Unicode escape");
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    private static int digit(byte[] text, int i, int radix) {
        return i < text.length && text[i] > 0 ? Character.digit((char) text[i], radix) : -1;
    }
}
