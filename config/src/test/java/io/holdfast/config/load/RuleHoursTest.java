package io.holdfast.config.load;

import static io.holdfast.config.load.Loading.MINIMAL;
import static io.holdfast.config.load.Loading.config;
import static io.holdfast.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Hours;
import io.holdfast.config.Hours.Window;
import io.holdfast.config.RuleConfig.When;
import io.holdfast.config.Upstream.Environment;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code time}, {@code days}, {@code zone} and {@code environment} of a rule. */
class RuleHoursTest {
    @Test
    void hoursOfTheWeekInAZone() {
        assertThat(when("time: 22:00-06:00, days: mon-fri, zone: Europe/Berlin").hours())
                .isEqualTo(new Hours(
                        List.of(new Window(22 * 60, 6 * 60)),
                        Set.of(
                                DayOfWeek.MONDAY,
                                DayOfWeek.TUESDAY,
                                DayOfWeek.WEDNESDAY,
                                DayOfWeek.THURSDAY,
                                DayOfWeek.FRIDAY),
                        ZoneId.of("Europe/Berlin")));
        assertThat(when("time: ['12:00-13:30', '18:00-00:00', '00:00-24:00'], zone: UTC")
                        .hours())
                .isEqualTo(new Hours(
                        List.of(
                                new Window(12 * 60, 13 * 60 + 30),
                                new Window(18 * 60, Hours.DAY),
                                new Window(0, Hours.DAY)),
                        Set.of(),
                        ZoneId.of("UTC")));
        assertThat(when("days: [sat-mon, wed], zone: Asia/Tokyo").hours())
                .isEqualTo(new Hours(
                        List.of(),
                        Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY),
                        ZoneId.of("Asia/Tokyo")));
        assertThat(when("class: read").hours()).isNull();
    }

    @Test
    void environments() {
        assertThat(when("environment: [staging, local]").environments())
                .containsExactlyInAnyOrder(Environment.STAGING, Environment.LOCAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "time: 22:00-06:00                | 54 | zone: missing, but there is a time (expected: a time zone by its name, such as Europe/Berlin or UTC)",
                "days: mon                        | 54 | zone: missing, but there is a time (expected: a time zone by its name, such as Europe/Berlin or UTC)",
                "zone: UTC                        | 62 | zone: there, but no time (expected: time, days or both)",
                "time: 22:00-06:00, zone: CEST    | 81 | zone: 'CEST' (expected: a time zone by its name, such as Europe/Berlin or UTC)",
                "time: 22-06, zone: UTC           | 62 | time: '22-06' (expected: two different times such as 22:00-06:00, or 18:00-24:00 up to midnight)",
                "time: 25:00-06:00, zone: UTC     | 62 | time: '25:00-06:00' (expected: two different times such as 22:00-06:00, or 18:00-24:00 up to midnight)",
                "time: 06:00-06:00, zone: UTC     | 62 | time: '06:00-06:00' (expected: two different times such as 22:00-06:00, or 18:00-24:00 up to midnight)",
                "time: 24:00-06:00, zone: UTC     | 62 | time: '24:00-06:00' (expected: two different times such as 22:00-06:00, or 18:00-24:00 up to midnight)",
                "days: monday, zone: UTC          | 62 | days: 'monday' (expected: a day such as mon, or days such as mon-fri)",
                "days: mon-wed-fri, zone: UTC     | 62 | days: 'mon-wed-fri' (expected: a day such as mon, or days such as mon-fri)",
                "days: [], zone: UTC              | 62 | days: an empty list (expected: at least one)",
                "environment: prod                | 69 | environment: 'prod' (expected: production, staging or local)",
            })
    void whatIsNoTimeIsRefused(String conditions, int column, String problem) {
        assertThat(problems(yaml(conditions)))
                .containsExactly("t.yaml:5:" + column + ": protect.rules[0].when." + problem);
    }

    private static When when(String conditions) {
        return config(yaml(conditions)).protect().rules().getFirst().when();
    }

    private static String yaml(String conditions) {
        return MINIMAL.replace(
                "observe }", "observe, rules: [{ name: a, when: { " + conditions + " }, then: allow }] }");
    }
}
