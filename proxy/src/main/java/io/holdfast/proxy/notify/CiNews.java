package io.holdfast.proxy.notify;

import io.holdfast.config.Notify;
import io.holdfast.proxy.ci.Announcement;
import io.holdfast.proxy.metrics.NotifyMeters;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one place of CI jobs that were turned away, one after the other, in a thread of its own. */
public final class CiNews implements Consumer<Announcement>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CiNews.class);

    /** Bounds what a place that is away costs. */
    private static final int MOST = 200;

    private record Event(String id, Instant at, Announcement announcement) {}

    private final InstantSource clock;
    private final NotifyMeters meters;
    private final Courier courier;
    private final BiFunction<Event, Instant, Post> posts;
    private final UnaryOperator<Answer> reading;
    private final Outbox<Event> events = new Outbox<>(MOST, Long.MAX_VALUE, _ -> 0);
    private final Worker worker;

    private CiNews(
            String name,
            InstantSource clock,
            NotifyMeters meters,
            Courier courier,
            BiFunction<Event, Instant, Post> posts,
            UnaryOperator<Answer> reading) {
        this.clock = clock;
        this.meters = meters;
        this.courier = courier;
        this.posts = posts;
        this.reading = reading;
        meters.pending(events::size);
        worker = Worker.start(name, this::sendNext);
    }

    /** Posts a message of its own in the channel of the holds. */
    public static CiNews toSlack(Notify.Slack config, Delivery delivery, InstantSource clock, NotifyMeters meters) {
        return new CiNews(
                "holdfast-slack-ci",
                clock,
                meters,
                delivery.toSlack(meters),
                (event, _) -> SlackCall.post(config.way(), CiMessage.slack(event.announcement), Map.of()),
                SlackAnswers::read);
    }

    /** Posts an event {@code ci.refused} or {@code ci.ended}, signed as those of holds. */
    public static CiNews toWebhook(Notify.Webhook config, Delivery delivery, InstantSource clock, NotifyMeters meters) {
        WebhookSignature signature = new WebhookSignature(config.secret());
        return new CiNews(
                "holdfast-webhook-ci",
                clock,
                meters,
                delivery.toWebhook(meters),
                (event, now) -> {
                    String body = CiMessage.json(event.announcement, event.at);
                    return new Post(config.url(), signature.headers(event.id, now, body), body);
                },
                UnaryOperator.identity());
    }

    @Override
    public void accept(Announcement announcement) {
        if (!events.offer(new Event("evt_" + UUID.randomUUID(), clock.instant(), announcement))) {
            meters.dropped();
            log.error("Nobody outside will be told: {}", announcement.text());
        }
    }

    private void sendNext() throws InterruptedException {
        Event event = events.first();
        Answer answer = courier.deliver(() -> posts.apply(event, clock.instant()), reading);
        if (answer instanceof Answer.Later later) {
            courier.giveUp(later);
        }
        events.removeFirst();
    }

    @Override
    public void close() {
        worker.close();
    }
}
