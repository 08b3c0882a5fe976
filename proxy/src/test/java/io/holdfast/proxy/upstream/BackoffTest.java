package io.holdfast.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Random random = new Random(1);

    @Test
    void firstRetryIsQuick() {
        assertThat(Backoff.pause(1, random)).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
    }

    @Test
    void neverExceedsThreeSeconds() {
        for (int failures = 1; failures < 200; failures++) {
            assertThat(Backoff.pause(failures, random)).isBetween(Duration.ofMillis(25), Duration.ofSeconds(3));
        }
        assertThat(Backoff.pause(Integer.MAX_VALUE, random)).isGreaterThanOrEqualTo(Duration.ofMillis(1_500));
    }
}
