package io.holdfast.proxy;

import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.Notify;
import io.holdfast.proxy.approval.HoldLinks;
import io.holdfast.proxy.approval.HoldObserver;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.People;
import io.holdfast.proxy.ci.Announcement;
import io.holdfast.proxy.console.Routes;
import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.metrics.NotifyMeters;
import io.holdfast.proxy.notify.CiNews;
import io.holdfast.proxy.notify.Delivery;
import io.holdfast.proxy.notify.HttpTransport;
import io.holdfast.proxy.notify.SlackChannel;
import io.holdfast.proxy.notify.SlackPeople;
import io.holdfast.proxy.notify.WebhookFeed;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whoever is told of holds outside, as configured. */
final class Notifications implements AutoCloseable {
    private final Deque<Runnable> endings = new ArrayDeque<>();
    private final List<HoldObserver> observers = new ArrayList<>();
    private final List<Consumer<Announcement>> ciNews = new ArrayList<>();
    private final @Nullable SlackChannel slack;

    Notifications(Notify config, HoldLinks links, Meters meters, InstantSource clock) {
        slack = config.slack() == null && config.webhook() == null ? null : start(config, links, meters, clock);
    }

    private @Nullable SlackChannel start(Notify config, HoldLinks links, Meters meters, InstantSource clock) {
        HttpTransport transport = new HttpTransport();
        endings.addFirst(transport::close);
        Delivery delivery = new Delivery(transport, System::nanoTime, Thread::sleep, new SecureRandom());
        if (config.webhook() != null) {
            NotifyMeters sent = meters.notifications("webhook");
            WebhookFeed feed = new WebhookFeed(config.webhook(), clock, sent);
            observers.add(feed);
            endings.addFirst(feed.start(delivery)::close);
            tell(CiNews.toWebhook(config.webhook(), delivery, clock, meters.notifications("webhook-ci")));
        }
        if (config.slack() == null) {
            return null;
        }
        SlackChannel channel = new SlackChannel(config.slack(), links, delivery, clock, meters);
        endings.addFirst(channel::close);
        observers.add(channel.observer());
        tell(CiNews.toSlack(config.slack(), delivery, clock, meters.notifications("slack-ci")));
        return channel;
    }

    private void tell(CiNews news) {
        ciNews.add(news);
        endings.addFirst(news::close);
    }

    /** To be told of CI jobs that are turned away. */
    List<Consumer<Announcement>> ciNews() {
        return ciNews;
    }

    /** To be told of every change. */
    List<HoldObserver> observers() {
        return observers;
    }

    /** What the HTTP server answers for it. */
    List<Routes> routes(HoldService holds, HoldfastConfig config, People people) {
        return slack == null ? List.of() : List.of(slack.door(holds, new SlackPeople(config.people(), people)));
    }

    @Override
    public void close() {
        endings.forEach(Runnable::run);
    }
}
