package io.holdfast.proxy.statement;

/** Numbers, with the hexadecimal, octal, binary and underscored forms of PostgreSQL 16. */
final class NumberLexer {
    private NumberLexer() {}

    /**
     * Adds the number at {@code start} and says where it ends.
     *
     * @throws Unreadable if a letter follows at once: an error from 15 on, two tokens before
     */
    static int number(byte[] sql, int start, int end, TokenBuffer out) {
        int radix = radix(sql, start, end);
        int i;
        int kind = TokenKind.INTEGER;
        if (radix != 10) {
            i = digits(sql, start + 2, end, radix, true);
        } else {
            i = digits(sql, start, end, 10, false);
            // 1..10 is a range in PL/pgSQL: an integer and two dots.
            if (i < end && sql[i] == '.' && !(i + 1 < end && sql[i + 1] == '.')) {
                kind = TokenKind.NUMERIC;
                i = digits(sql, i + 1, end, 10, false);
            }
            int exponent = exponent(sql, i, end);
            if (exponent > 0) {
                kind = TokenKind.NUMERIC;
                i = exponent;
            }
        }
        if (i < end && ByteClass.continuesName(sql[i])) {
            throw new Unreadable("has junk after a number");
        }
        out.add(kind, start, i);
        return i;
    }

    private static int radix(byte[] sql, int start, int end) {
        if (start + 1 >= end || sql[start] != '0') {
            return 10;
        }
        return switch (sql[start + 1]) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
    }

    /** After the digits; a single underscore may stand before each but, in a decimal number, the first. */
    private static int digits(byte[] sql, int start, int end, int radix, boolean underscoreFirst) {
        int i = start;
        boolean any = underscoreFirst;
        while (i < end) {
            int digit = any && sql[i] == '_' && i + 1 < end ? i + 1 : i;
            if (sql[digit] < 0 || Character.digit((char) sql[digit], radix) < 0) {
                break;
            }
            i = digit + 1;
            any = true;
        }
        if (underscoreFirst && i == start) {
            throw new Unreadable("has a number without digits");
        }
        return i;
    }

    /** After the exponent, or -1 if there is none. */
    private static int exponent(byte[] sql, int i, int end) {
        if (i >= end || ByteClass.fold(sql[i]) != 'e') {
            return -1;
        }
        int first = i + 1;
        if (first < end && (sql[first] == '+' || sql[first] == '-')) {
            first++;
        }
        int stop = digits(sql, first, end, 10, false);
        return stop == first ? -1 : stop;
    }
}
