package io.holdfast.proxy.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InsightsTest {
    private final Insights insights = new Insights(System::nanoTime);

    @AfterEach
    void stop() {
        insights.close();
    }

    @Test
    void whoAsksFirstIsToldToAskAgain() {
        assertThat(insights.of("DELETE FROM t")).isEqualTo(new Insight.Pending());

        await().until(() -> insights.of("DELETE FROM t") instanceof Insight.Known);
    }

    @Test
    void everyTextIsReadInTheEndEvenIfTheQueueWasFull() {
        List<String> texts =
                IntStream.range(0, 500).mapToObj(i -> "DELETE FROM t" + i).toList();

        await().until(() -> texts.stream()
                        .filter(text -> insights.of(text) instanceof Insight.Known)
                        .count()
                == 500);
    }

    @Test
    void longTextsAreNotLookedAt() {
        assertThat(insights.of("DELETE FROM t" + " ".repeat(Insights.MAX_CHARS)))
                .isEqualTo(new Insight.None("longer than 65536 characters"));
    }

    @Test
    void askingAfterItHasStoppedDoesNoHarm() {
        insights.close();

        assertThat(insights.of("DELETE FROM t")).isEqualTo(new Insight.Pending());
    }
}
