package io.holdfast.proxy.value;

import java.time.LocalDate;
import java.util.StringJoiner;

/**
 * Dates and times, as the server prints them with DateStyle ISO, IntervalStyle postgres and TimeZone UTC, whatever the session has: one
 * way to write them is enough for who reads many sessions' statements.
 */
final class Moments {
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final int MONTHS = 12;

    /** Of time zones, less than this many hours. */
    private static final int MOST_ZONE_HOURS = 16;

    /** Years of our era that the server can have. */
    private static final int LAST_YEAR = 5_874_897;

    private static final int FIRST_YEAR = -4_713;

    private Moments() {}

    static String date(Bytes in) {
        int days = in.int32();
        return switch (days) {
            case Integer.MAX_VALUE -> "infinity";
            case Integer.MIN_VALUE -> "-infinity";
            default -> dated(day(days), "");
        };
    }

    static String time(Bytes in) {
        return clock(timeOfDay(in));
    }

    static String timetz(Bytes in) {
        String time = clock(timeOfDay(in));
        int west = in.int32(); // in seconds
        if (Math.abs((long) west) >= MOST_ZONE_HOURS * 3_600L) {
            throw new Undecodable("its time zone is none");
        }
        return time + zone(-west);
    }

    static String timestamp(Bytes in) {
        return timestamp(in.int64(), "");
    }

    static String timestamptz(Bytes in) {
        return timestamp(in.int64(), "+00");
    }

    static String interval(Bytes in) {
        long micros = in.int64();
        int days = in.int32();
        int months = in.int32();
        if (micros == Long.MAX_VALUE && days == Integer.MAX_VALUE && months == Integer.MAX_VALUE) {
            return "infinity";
        }
        if (micros == Long.MIN_VALUE && days == Integer.MIN_VALUE && months == Integer.MIN_VALUE) {
            return "-infinity";
        }
        StringJoiner text = new StringJoiner(" ");
        boolean negative = add(text, months / MONTHS, "year", false);
        negative = add(text, months % MONTHS, "mon", negative);
        negative = add(text, days, "day", negative);
        if (micros != 0 || text.length() == 0) {
            String sign = micros < 0 ? "-" : negative ? "+" : "";
            text.add(sign + hours(micros));
        }
        return text.toString();
    }

    /** A part behind a negative one has its sign. */
    private static boolean add(StringJoiner text, int count, String unit, boolean negative) {
        if (count == 0) {
            return negative;
        }
        String sign = negative && count > 0 ? "+" : "";
        text.add(sign + count + ' ' + unit + (count == 1 ? "" : "s"));
        return count < 0;
    }

    private static String timestamp(long micros, String zone) {
        if (micros == Long.MAX_VALUE) {
            return "infinity";
        }
        if (micros == Long.MIN_VALUE) {
            return "-infinity";
        }
        LocalDate day = day(Math.floorDiv(micros, DAY));
        return dated(day, ' ' + clock(Math.floorMod(micros, DAY)) + zone);
    }

    private static LocalDate day(long days) {
        LocalDate day = EPOCH.plusDays(days);
        if (day.getYear() > LAST_YEAR || day.getYear() < FIRST_YEAR) {
            throw new Undecodable("it is out of range");
        }
        return day;
    }

    private static String dated(LocalDate day, String time) {
        int year = day.getYear();
        String text =
                String.format("%04d-%02d-%02d", year > 0 ? year : 1 - year, day.getMonthValue(), day.getDayOfMonth());
        return text + time + (year > 0 ? "" : " BC");
    }

    private static long timeOfDay(Bytes in) {
        long micros = in.int64();
        if (micros < 0 || micros > DAY) {
            throw new Undecodable("it is out of range");
        }
        return micros;
    }

    /** Not negative. */
    private static String clock(long micros) {
        return hours(micros);
    }

    /** Without its sign. */
    private static String hours(long micros) {
        // The smallest of all numbers is its own negative.
        long hours = Math.abs(micros / HOUR);
        long minutes = Math.abs(micros / MINUTE % 60);
        long seconds = Math.abs(micros / SECOND % 60);
        long fraction = Math.abs(micros % SECOND);
        String text = String.format("%02d:%02d:%02d", hours, minutes, seconds);
        if (fraction == 0) {
            return text;
        }
        String digits = String.format("%06d", fraction);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return text + '.' + digits.substring(0, end);
    }

    private static String zone(int east) {
        int size = Math.abs(east);
        String text = (east < 0 ? "-" : "+") + String.format("%02d", size / 3_600);
        if (size % 3_600 != 0) {
            text += String.format(":%02d", size / 60 % 60);
        }
        return size % 60 == 0 ? text : text + String.format(":%02d", size % 60);
    }
}
