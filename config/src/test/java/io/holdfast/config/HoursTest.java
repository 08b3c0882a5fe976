package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.config.Hours.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final Window NIGHT = new Window(22 * 60, 6 * 60);

    @ParameterizedTest
    @CsvSource({
        // in winter Berlin is an hour ahead
        "2026-03-11T20:59:59Z, false",
        "2026-03-11T21:00:00Z, true",
        "2026-03-12T00:00:00Z, true",
        "2026-03-12T04:59:59Z, true",
        "2026-03-12T05:00:00Z, false",
        // in summer two
        "2026-07-15T19:59:59Z, false",
        "2026-07-15T20:00:00Z, true",
        "2026-07-16T04:00:00Z, false",
        // before 1970
        "1969-12-31T23:30:00Z, true",
        "1969-12-31T12:00:00Z, false",
    })
    void aWindowGoesByTheClockOnTheWall(Instant instant, boolean within) {
        assertThat(new Hours(List.of(NIGHT), Set.of(), BERLIN).contains(instant))
                .isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-13T23:00:00Z, true,  the night from Friday to Saturday",
        "2026-03-14T04:30:00Z, true,  its morning",
        "2026-03-14T22:00:00Z, false, Saturday night",
        "2026-03-15T23:30:00Z, false, Monday already: but it is the night that began on Sunday",
        "2026-03-16T04:30:00Z, false, its morning",
        "2026-03-16T22:00:00Z, true,  Monday night",
    })
    void aNightBelongsToTheDayOnWhichItBegins(Instant instant, boolean within, String what) {
        assertThat(new Hours(List.of(NIGHT), WORKDAYS, BERLIN).contains(instant))
                .as(what)
                .isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-13T22:59:59Z, true",
        "2026-03-13T23:00:00Z, false",
        "2026-03-15T22:59:59Z, false",
        "2026-03-15T23:00:00Z, true",
    })
    void daysAloneAreWholeDaysOfTheZone(Instant instant, boolean within) {
        assertThat(new Hours(List.of(), WORKDAYS, BERLIN).contains(instant)).isEqualTo(within);
    }

    /** On 29 March 2026 the clocks in Berlin go from 02:00 to 03:00. */
    @Test
    void theHourThatIsSkippedNeverComes() {
        Hours skipped = hours(2 * 60, 3 * 60);
        for (int minute = 0; minute < 240; minute++) {
            Instant instant = Instant.parse("2026-03-28T23:00:00Z").plusSeconds(60L * minute);
            assertThat(skipped.contains(instant)).as("%s", instant).isFalse();
        }
        // A window around it is an hour shorter and has no hole.
        Hours around = hours(60, 4 * 60);
        assertThat(around.contains(Instant.parse("2026-03-28T23:59:59Z"))).isFalse();
        assertThat(around.contains(Instant.parse("2026-03-29T00:59:59Z"))).isTrue();
        assertThat(around.contains(Instant.parse("2026-03-29T01:00:00Z"))).isTrue();
        assertThat(around.contains(Instant.parse("2026-03-29T02:00:00Z"))).isFalse();
    }

    /** On 25 October 2026 they go from 03:00 back to 02:00. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"})
    void theHourThatIsThereTwiceCountsBothTimes(Instant instant) {
        assertThat(hours(2 * 60, 3 * 60).contains(instant)).isTrue();
        assertThat(hours(3 * 60, 4 * 60).contains(instant)).isFalse();
    }

    @Test
    void oneOfSeveralWindowsIsEnough() {
        Hours lunchAndNight = new Hours(List.of(new Window(12 * 60, 13 * 60), NIGHT), Set.of(), ZoneId.of("UTC"));
        assertThat(lunchAndNight.contains(Instant.parse("2026-03-11T12:30:00Z")))
                .isTrue();
        assertThat(lunchAndNight.contains(Instant.parse("2026-03-11T23:30:00Z")))
                .isTrue();
        assertThat(lunchAndNight.contains(Instant.parse("2026-03-11T14:30:00Z")))
                .isFalse();
        assertThat(new Hours(List.of(new Window(0, Hours.DAY)), Set.of(), BERLIN).contains(Instant.EPOCH))
                .isTrue();
    }

    @Test
    void aWindowHasTwoEnds() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Window(60, 60));
        assertThatIllegalArgumentException().isThrownBy(() -> new Window(Hours.DAY, 60));
        assertThatIllegalArgumentException().isThrownBy(() -> new Window(60, Hours.DAY + 1));
    }

    private static Hours hours(int from, int to) {
        return new Hours(List.of(new Window(from, to)), Set.of(), BERLIN);
    }
}
