package io.holdfast.proxy.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.LockAlarm.Telling;
import io.holdfast.proxy.approval.LockReport.Unknown;
import io.holdfast.proxy.approval.LockReport.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LockAlarmTest {
    private static final Instant SINCE = Instant.parse("2026-03-13T09:00:00Z");
    private static final Blocker BO =
            new Blocker(123, "bo", "psql", "10.1.2.3", "idle in transaction", SINCE, "SELECT 1");

    private final FakeTime time = new FakeTime();
    private final LockAlarm alarm = new LockAlarm();

    @Test
    void aWaitIsToldOnceAndItsEndOnce() {
        assertThat(next(null)).isEqualTo(Telling.NOTHING);
        assertThat(next(waiting(SINCE, BO))).isEqualTo(Telling.RAISED);
        time.pass(Duration.ofSeconds(1));
        assertThat(next(waiting(SINCE, BO))).isEqualTo(Telling.NOTHING);
        assertThat(next(null)).isEqualTo(Telling.OVER);
        assertThat(next(null)).isEqualTo(Telling.NOTHING);
    }

    @Test
    void whatLastsIsToldAgainEachTimeAfterTwiceAsLongUpToTenMinutes() {
        next(waiting(SINCE, BO));
        List<Long> told = new ArrayList<>();
        for (long second = 1; second <= Duration.ofMinutes(36).toSeconds(); second++) {
            time.pass(Duration.ofSeconds(1));
            if (next(waiting(SINCE, BO)) == Telling.RENEWED) {
                told.add(second / 60);
            }
        }

        assertThat(told).containsExactly(1L, 3L, 7L, 15L, 25L, 35L);
    }

    @Test
    void anotherWaitIsAnotherAlarm() {
        next(waiting(SINCE, BO));

        assertThat(next(waiting(SINCE.plusSeconds(30), BO))).isEqualTo(Telling.RAISED);
    }

    @Test
    void pagesSeeWhoIsInTheWayInsteadButNotEveryMoment() {
        Blocker ana = new Blocker(124, "ana", "psql", "local", "active", SINCE, "SELECT 2");
        next(waiting(SINCE, BO));
        time.pass(Duration.ofSeconds(1));
        assertThat(next(waiting(SINCE, BO, ana))).isEqualTo(Telling.NOTHING);
        time.pass(Duration.ofSeconds(4));
        assertThat(next(waiting(SINCE, BO, ana))).isEqualTo(Telling.QUIETLY);
        time.pass(Duration.ofSeconds(5));
        assertThat(next(waiting(SINCE, BO, ana))).isEqualTo(Telling.NOTHING);
    }

    @Test
    void thatNothingIsKnownEndsNoAlarmAndMakesNone() {
        assertThat(next(new Unknown("no answer", null))).isEqualTo(Telling.QUIETLY);
        assertThat(next(new Unknown("no answer", null))).isEqualTo(Telling.NOTHING);
        assertThat(next(null)).isEqualTo(Telling.QUIETLY);
        assertThat(next(waiting(SINCE, BO))).isEqualTo(Telling.RAISED);
        assertThat(next(new Unknown("no answer", waiting(SINCE, BO)))).isEqualTo(Telling.QUIETLY);
        assertThat(alarm.raised()).isNotNull();
        time.pass(Duration.ofSeconds(6));
        assertThat(next(waiting(SINCE, BO))).isEqualTo(Telling.QUIETLY);
        assertThat(next(null)).isEqualTo(Telling.OVER);
    }

    private Telling next(@Nullable LockReport report) {
        return alarm.next(report, time.clock().nanoTime().getAsLong());
    }

    private static Waiting waiting(Instant since, Blocker... blockers) {
        return new Waiting(
                "AccessExclusiveLock on relation public.orders",
                since,
                Duration.ofSeconds(12),
                SINCE.plusSeconds(12),
                List.of(blockers),
                0);
    }
}
