package io.holdfast.proxy.notify;

import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.notify.Entry.Place;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which message is due next: that one person has released something alone, what somebody has asked for, then alarms, then what waits for people,
 * then ends of stories, then how they go on.
 */
final class SlackPlan {
    /** More new holds than this at once share a message. */
    private static final int FLOOD = 3;

    private final Collection<Entry> entries;
    private final boolean bot;
    private final Instant now;

    private SlackPlan(Collection<Entry> entries, boolean bot, Instant now) {
        this.entries = entries;
        this.bot = bot;
        this.now = now;
    }

    /**
     * Takes one use of a response URL if that is the way.
     *
     * @param entries in the order in which they came
     * @param bot whether messages can be changed by who has posted them
     * @return empty: nothing is due
     */
    static Optional<Step> next(Collection<Entry> entries, boolean bot, Instant now) {
        return new SlackPlan(entries, bot, now).next();
    }

    private Optional<Step> next() {
        Optional<Entry> glass = those(entry -> entry.glassDue).findFirst();
        if (glass.isPresent()) {
            return glass.map(entry -> new Step.Glass(entry.view));
        }
        Optional<Entry> wanted =
                those(entry -> entry.stale && entry.place == Place.WANTED).findFirst();
        if (wanted.isPresent()) {
            return wanted.map(entry -> new Step.Post(entry.view));
        }
        Optional<Entry> alarm = those(entry -> entry.alarmDue).findFirst();
        if (alarm.isPresent()) {
            return alarm.map(entry -> new Step.Alarm(entry.view, entry.ts));
        }
        List<HoldView> fresh = views(those(Entry::isNew));
        if (!fresh.isEmpty()) {
            return Optional.of(fresh.size() > FLOOD ? new Step.Summary(fresh) : new Step.Post(fresh.getFirst()));
        }
        return those(entry -> entry.threadDue)
                .findFirst()
                .or(() -> those(entry -> entry.stale).findFirst())
                .map(this::step);
    }

    private Step step(Entry entry) {
        if (entry.threadDue && entry.ts != null) {
            return new Step.Ending(entry.view, entry.ts);
        }
        if (entry.canChange(bot, now)) {
            return bot && entry.ts != null
                    ? new Step.Edit(entry.view, entry.ts)
                    : new Step.Replace(entry.view, entry.responseUrls.use(now).orElseThrow());
        }
        return entry.ts == null
                ? new Step.News(views(those(this::isNews)), null)
                : new Step.News(List.of(entry.view), entry.ts);
    }

    /** Whether it can only be said in the channel. */
    private boolean isNews(Entry entry) {
        return entry.stale && entry.ts == null && !entry.canChange(bot, now);
    }

    private Stream<Entry> those(Predicate<Entry> which) {
        return entries.stream().filter(which);
    }

    private static List<HoldView> views(Stream<Entry> some) {
        return some.limit(LinesMessage.MOST).map(entry -> entry.view).toList();
    }
}
