package io.holdfast.proxy.notify;

import io.holdfast.config.Notify;
import io.holdfast.config.Notify.Way;
import io.holdfast.proxy.ci.Announcement;
import io.holdfast.proxy.metrics.NotifyMeters;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
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
    private final Queue<Event> events = new ArrayDeque<>();
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
        meters.pending(this::pending);
        worker = Worker.start(name, this::sendNext);
    }

    /** Posts a message of its own in the channel of the holds. */
    public static CiNews toSlack(Notify.Slack config, Delivery delivery, InstantSource clock, NotifyMeters meters) {
        return new CiNews(
                "holdfast-slack-ci",
                clock,
                meters,
                delivery.toSlack(meters),
                (event, _) -> slack(config.way(), CiMessage.slack(event.announcement)),
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
    public synchronized void accept(Announcement announcement) {
        if (events.size() == MOST) {
            meters.dropped();
            log.error("Nobody outside will be told: {}", announcement.text());
            return;
        }
        events.add(new Event("evt_" + UUID.randomUUID(), clock.instant(), announcement));
        notifyAll();
    }

    private void sendNext() throws InterruptedException {
        Event event = first();
        Answer answer = courier.deliver(() -> posts.apply(event, clock.instant()), reading);
        if (answer instanceof Answer.Later later) {
            courier.giveUp(later);
        }
        gone();
    }

    private synchronized int pending() {
        return events.size();
    }

    private synchronized Event first() throws InterruptedException {
        Event event = events.peek();
        while (event == null) {
            wait();
            event = events.peek();
        }
        return event;
    }

    private synchronized void gone() {
        events.remove();
    }

    private static Post slack(Way way, SlackMessage message) {
        return switch (way) {
            case Way.IncomingWebhook(var url) -> new Post(url, message.json(Map.of()));
            case Way.Bot(var token, var channel, var api) ->
                new Post(
                        URI.create(api + "/chat.postMessage"),
                        Map.of("Authorization", "Bearer " + token),
                        message.json(Map.of("channel", channel)));
        };
    }

    @Override
    public void close() {
        worker.close();
    }
}
