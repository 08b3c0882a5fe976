package io.holdfast.config;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * Hours of the week by the clock on the wall of a place. Where clocks are put forward, the hour that is skipped never comes; where they
 * are put back, the hour that is there twice counts both times.
 *
 * @param windows alternatives; none: the whole day
 * @param days on which a window begins: one that goes over midnight belongs to the evening; none: every day
 * @param zone whose clock it is
 */
public record Hours(List<Window> windows, Set<DayOfWeek> days, ZoneId zone) {
    /** Minutes of a day. */
    public static final int DAY = 24 * 60;

    private static final int SECONDS_OF_DAY = DAY * 60;
    /** The first of January 1970 was a Thursday, three days behind a Monday. */
    private static final int EPOCH_DAY_OF_WEEK = 3;

    public Hours {
        windows = List.copyOf(windows);
        days = Set.copyOf(days);
    }

    /**
     * From a minute of the day to another, which is not in it any more.
     *
     * @param from 0..1439
     * @param to 1..1440, not {@code from}; an earlier one than {@code from} is of the next day
     */
    public record Window(int from, int to) {
        public Window {
            if (from < 0 || from >= DAY || to < 1 || to > DAY || from == to) {
                throw new IllegalArgumentException("window: " + from + '-' + to + " (expected: two minutes of a day)");
            }
        }

        /** Whether it ends on the day after the one on which it begins. */
        public boolean isOverMidnight() {
            return to < from;
        }

        private boolean beganToday(int minute) {
            return minute >= from && (isOverMidnight() || minute < to);
        }

        private boolean beganYesterday(int minute) {
            return isOverMidnight() && minute < to;
        }
    }

    /** Whether it is one of these hours. */
    public boolean contains(Instant instant) {
        long local =
                instant.getEpochSecond() + zone.getRules().getOffset(instant).getTotalSeconds();
        long day = Math.floorDiv(local, SECONDS_OF_DAY);
        boolean today = has(day);
        if (windows.isEmpty()) {
            return today;
        }
        int minute = (int) Math.floorMod(local, (long) SECONDS_OF_DAY) / 60;
        boolean yesterday = has(day - 1);
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            if ((today && window.beganToday(minute)) || (yesterday && window.beganYesterday(minute))) {
                return true;
            }
        }
        return false;
    }

    private boolean has(long epochDay) {
        return days.isEmpty() || days.contains(DayOfWeek.of(1 + Math.floorMod(epochDay + EPOCH_DAY_OF_WEEK, 7)));
    }
}
