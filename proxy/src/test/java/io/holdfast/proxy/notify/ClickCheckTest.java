package io.holdfast.proxy.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.notify.ClickCheck.Verdict;
import io.holdfast.proxy.testing.SlackClicker;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClickCheckTest {
    private static final long SIGNED = Long.parseLong(SlackSignatureTest.TIMESTAMP);

    private long now = SIGNED;
    private final ClickCheck check = new ClickCheck(SlackSignatureTest.SECRET, () -> Instant.ofEpochSecond(now));

    private Verdict example() {
        return check.of(SlackSignatureTest.TIMESTAMP, SlackSignatureTest.SIGNATURE, SlackSignatureTest.BODY);
    }

    @Test
    void eachRequestIsLetInOnce() {
        assertThat(example()).isEqualTo(Verdict.VALID);
        now += 200;
        assertThat(example()).isEqualTo(Verdict.REPLAYED);
    }

    @Test
    void fiveMinutesAreTheLimitEitherWay() {
        now = SIGNED + 301;
        assertThat(example()).isEqualTo(Verdict.STALE);
        now = SIGNED - 301;
        assertThat(example()).isEqualTo(Verdict.STALE);
        now = SIGNED + 300;
        assertThat(example()).isEqualTo(Verdict.VALID);
        assertThat(example()).isEqualTo(Verdict.REPLAYED);
    }

    @Test
    void aForgedRequestDoesNotUseUpTheTrueOne() {
        assertThat(check.of(SlackSignatureTest.TIMESTAMP, SlackSignatureTest.SIGNATURE, new byte[] {1}))
                .isEqualTo(Verdict.FORGED);
        assertThat(example()).isEqualTo(Verdict.VALID);
    }

    @Test
    void headersMustMakeSense() {
        assertThat(check.of(null, SlackSignatureTest.SIGNATURE, SlackSignatureTest.BODY))
                .isEqualTo(Verdict.UNSIGNED);
        assertThat(check.of(SlackSignatureTest.TIMESTAMP, null, SlackSignatureTest.BODY))
                .isEqualTo(Verdict.UNSIGNED);
        for (String timestamp : new String[] {"", "-1", " 1531420618", "15e8", "99999999999999999999"}) {
            assertThat(check.of(timestamp, SlackSignatureTest.SIGNATURE, SlackSignatureTest.BODY))
                    .isEqualTo(Verdict.UNSIGNED);
        }
    }

    @Test
    void whenNoMoreCanBeRememberedNoneIsLetInUntilTimeHasPassed() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(signed("n=" + i)).isEqualTo(Verdict.VALID);
        }
        assertThat(signed("one more")).isEqualTo(Verdict.TOO_MANY);
        assertThat(signed("n=1")).isEqualTo(Verdict.REPLAYED);
        now += 301;
        assertThat(signed("one more")).isEqualTo(Verdict.VALID);
    }

    private Verdict signed(String body) {
        String timestamp = String.valueOf(now);
        return check.of(
                timestamp,
                SlackClicker.signature(SlackSignatureTest.SECRET, timestamp, body),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
