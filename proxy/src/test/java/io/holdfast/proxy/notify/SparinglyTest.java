package io.holdfast.proxy.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SparinglyTest {
    private Instant now = Instant.parse("2026-03-13T09:00:00Z");
    private final Sparingly sparingly = new Sparingly(() -> now);

    @Test
    void onceAMinuteIsEnough() {
        assertThat(sparingly.mayBeSaid()).isTrue();
        now = now.plusSeconds(59);
        assertThat(sparingly.mayBeSaid()).isFalse();
        now = now.plusSeconds(1);
        assertThat(sparingly.mayBeSaid()).isTrue();
        assertThat(sparingly.mayBeSaid()).isFalse();
    }
}
