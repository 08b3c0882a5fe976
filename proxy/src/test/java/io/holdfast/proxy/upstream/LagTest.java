package io.holdfast.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LagTest {
    private static final LsnSamples PRIMARY =
            LsnSamples.NONE.plus(at(1_000), 10).plus(at(2_000), 20).plus(at(3_000), 30);

    private static long at(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private static @Nullable Duration lag(long receivedAtMillis, long replayLsn, @Nullable Duration replayAge) {
        return Lag.of(
                new HostAnswer.Standby(at(receivedAtMillis), at(receivedAtMillis), 1, replayLsn, replayAge), PRIMARY);
    }

    @Test
    void standbyThatHasEverythingDoesNotLagHoweverLongThePrimaryIsIdle() {
        assertThat(lag(3_500, 30, Duration.ofDays(3))).isZero();
    }

    @Test
    void countsFromTheLastSampleItHasCaughtUpWith() {
        assertThat(lag(3_500, 29, Duration.ZERO)).isEqualTo(Duration.ofMillis(1_500));
        assertThat(lag(3_500, 12, Duration.ZERO)).isEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void whatThePrimaryWroteAfterTheStandbyAnsweredIsNoLag() {
        assertThat(lag(2_900, 20, Duration.ZERO)).isZero();
    }

    @Test
    void behindAllSamplesTheServersClocksAreBetterThanNothing() {
        assertThat(lag(3_500, 5, Duration.ofSeconds(40))).isEqualTo(Duration.ofSeconds(40));
        assertThat(lag(3_500, 5, null)).isNull();
    }
}
