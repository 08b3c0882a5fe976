package io.holdfast.proxy.notify;

import io.holdfast.proxy.metrics.NotifyMeters;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What all couriers share.
 *
 * @param transport makes the requests
 * @param nanoTime monotonic
 * @param pause lets time pass
 * @param random for jitter; safe for use by many threads
 */
public record Delivery(Transport transport, LongSupplier nanoTime, Pause pause, RandomGenerator random) {
    /** Slack allows about one message per second and channel. */
    private static final Duration SLACK_INTERVAL = Duration.ofSeconds(1);

    /** Before changes are sent, for those that follow at once. */
    private static final Duration SETTLE = Duration.ofMillis(100);

    Courier toSlack(NotifyMeters meters) {
        return courier("Slack", SLACK_INTERVAL, Retries.NONE, meters);
    }

    Courier toWebhook(NotifyMeters meters) {
        return courier("the webhook", Duration.ZERO, Retries.PATIENT, meters);
    }

    Courier toWhoClicked(NotifyMeters meters) {
        return courier("Slack, for who has clicked", Duration.ZERO, Retries.BRIEF, meters);
    }

    /** Lets changes that belong together become one message. */
    void settle() throws InterruptedException {
        pause.of(SETTLE);
    }

    private Courier courier(String name, Duration interval, Retries retries, NotifyMeters meters) {
        return new Courier(name, transport, new Pace(interval, nanoTime, pause), pause, retries, random, meters);
    }
}
