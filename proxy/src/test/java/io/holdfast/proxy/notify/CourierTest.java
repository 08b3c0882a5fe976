package io.holdfast.proxy.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.metrics.Meters;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Delivery on fake time. */
class CourierTest {
    private static final Post POST = new Post(URI.create("https://hooks.slack.com/services/secret"), "{}");

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Meters meters = new Meters();
    private long now = 1_000_000;
    private int attempts;

    private final Courier courier =
            new Delivery(this::send, () -> now, this::pause, new Random(1)).toSlack(meters.notifications("slack"));

    private Answer send(Post post) {
        attempts++;
        return answers.isEmpty() ? new Answer.Taken("ok") : answers.remove();
    }

    private void pause(Duration time) {
        pauses.add(time);
        now += time.toNanos();
    }

    private Answer deliver() throws InterruptedException {
        return courier.deliver(() -> POST, UnaryOperator.identity());
    }

    @Test
    void atMostOneMessageASecond() throws Exception {
        deliver();
        now += Duration.ofMillis(300).toNanos();
        deliver();
        now += Duration.ofSeconds(5).toNanos();
        deliver();

        assertThat(pauses).containsExactly(Duration.ofMillis(700));
    }

    @Test
    void itWaitsAsLongAsItIsToldAndABitMore() throws Exception {
        answers.add(Answer.of(429, "30", ""));

        assertThat(deliver()).isInstanceOf(Answer.Later.class);
        assertThat(deliver()).isEqualTo(new Answer.Taken("ok"));
        assertThat(pauses).hasSize(1);
        assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(30_500), Duration.ofSeconds(31));
        shows("holdfast_notify_failures_total{channel=\"slack\"} 1.0");
        shows("holdfast_notify_sent_total{channel=\"slack\"} 1.0");
    }

    @Test
    void pausesDoubleUpToAMinuteAlsoFromOneMessageToTheNext() throws Exception {
        answers.addAll(Collections.nCopies(30, Answer.of(500, null, "oops")));

        for (int message = 1; message <= 30; message++) {
            assertThat(deliver()).isEqualTo(new Answer.Later(null, "HTTP 500: oops"));
            assertThat(attempts).isEqualTo(message);
        }
        List<Duration> waits = pauses.stream()
                .filter(pause -> pause.compareTo(Duration.ofMillis(500)) >= 0)
                .toList();
        for (int i = 0; i < 30; i++) {
            Duration whole = Duration.ofSeconds(Math.min(60, 1L << i));
            assertThat(waits.get(i)).isBetween(whole.dividedBy(2), whole);
        }
        assertThat(deliver()).isEqualTo(new Answer.Taken("ok"));
        shows("holdfast_notify_failures_total{channel=\"slack\"} 30.0");
        shows("holdfast_notify_dropped_total{channel=\"slack\"} 0.0");
    }

    @Test
    void aWebhookIsTriedThirtyTimesWithTheTimeOfEachAttempt() throws Exception {
        answers.addAll(Collections.nCopies(40, Answer.of(500, null, "")));
        List<Long> made = new ArrayList<>();
        Courier webhook = new Delivery(this::send, () -> now, this::pause, new Random(1))
                .toWebhook(meters.notifications("webhook"));

        Answer answer = webhook.deliver(
                () -> {
                    made.add(now);
                    return POST;
                },
                UnaryOperator.identity());

        assertThat(answer).isInstanceOf(Answer.Later.class);
        assertThat(made).hasSize(30).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void whatIsRefusedIsNotRepeated() throws Exception {
        answers.add(Answer.of(400, null, "invalid_blocks"));

        assertThat(deliver()).isEqualTo(new Answer.Never("HTTP 400: invalid_blocks"));
        assertThat(attempts).isEqualTo(1);
        assertThat(deliver()).isEqualTo(new Answer.Taken("ok"));
        shows("holdfast_notify_dropped_total{channel=\"slack\"} 1.0");
    }

    @Test
    void slackSaysNoInsideOfAnOk() {
        assertThat(SlackAnswers.read(new Answer.Taken("ok"))).isEqualTo(new Answer.Taken("ok"));
        assertThat(SlackAnswers.read(new Answer.Taken("{\"ok\":true,\"ts\":\"1.2\"}")))
                .isInstanceOfSatisfying(
                        Answer.Taken.class,
                        taken -> assertThat(SlackAnswers.ts(taken)).isEqualTo("1.2"));
        assertThat(SlackAnswers.read(new Answer.Taken("{\"ok\":false,\"error\":\"ratelimited\"}")))
                .isEqualTo(new Answer.Later(null, "ratelimited"));
        assertThat(SlackAnswers.read(new Answer.Taken("{\"ok\":false,\"error\":\"invalid_auth\"}")))
                .isEqualTo(new Answer.Never("invalid_auth"));
    }

    @Test
    void statusesSayWhetherToTryAgain() {
        for (int later : new int[] {408, 429, 500, 502, 503}) {
            assertThat(Answer.of(later, null, "")).isEqualTo(new Answer.Later(null, "HTTP " + later));
        }
        for (int never : new int[] {301, 400, 401, 403, 404, 410, 413}) {
            assertThat(Answer.of(never, null, "")).isEqualTo(new Answer.Never("HTTP " + never));
        }
        assertThat(Answer.of(429, "99999", "")).isEqualTo(new Answer.Later(Duration.ofMinutes(10), "HTTP 429"));
        assertThat(Answer.of(429, "soon", "")).isEqualTo(new Answer.Later(null, "HTTP 429"));
        assertThat(Answer.of(500, null, "a\u001b[2K" + "x".repeat(1_000)).toString())
                .contains("<U+001B>")
                .hasSizeLessThan(300);
    }

    private void shows(String line) {
        assertThat(meters.prometheusText().lines()).contains(line);
    }
}
