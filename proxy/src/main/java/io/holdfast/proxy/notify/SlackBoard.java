package io.holdfast.proxy.notify;

import io.holdfast.proxy.approval.HoldChange;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldObserver;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.metrics.NotifyMeters;
import io.holdfast.proxy.notify.Entry.Place;
import java.net.URI;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Slack shows of each hold, and what is due to be sent next. Of what has changed since the last message only the latest state is
 * sent, so that a Slack that was away is brought up to date in few words. Sends nothing itself, and never blocks for longer than a look
 * at its list.
 */
public final class SlackBoard implements HoldObserver {
    private static final Logger log = LoggerFactory.getLogger(SlackBoard.class);

    /** Bounds what a Slack that is away costs; holds that are over are forgotten first. */
    private static final int MOST_ENTRIES = 2_000;

    private static final long MOST_CHARS = 32 << 20;

    private final boolean bot;
    private final InstantSource clock;
    private final NotifyMeters meters;
    private final Map<HoldId, Entry> entries = new LinkedHashMap<>();
    private long chars;

    /**
     * @param bot whether messages can be changed by who has posted them
     * @param clock of the wall
     */
    public SlackBoard(boolean bot, InstantSource clock, NotifyMeters meters) {
        this.bot = bot;
        this.clock = clock;
        this.meters = meters;
        meters.pending(this::pending);
    }

    @Override
    public synchronized void observed(HoldChange change, HoldView view) {
        Entry entry = entry(view);
        entry.view = view;
        entry.granted |= view.state() == HoldState.GRANTED;
        entry.hears(change);
        entry.glassDue |= change == HoldChange.GLASS_BROKEN;
        entry.stale |= bot || !isOfLocks(change); // without a bot a message can be changed few times
        notifyAll();
    }

    private static boolean isOfLocks(HoldChange change) {
        return switch (change) {
            case LOCK_WAIT, LOCK_WAIT_LASTS, LOCK_WAIT_OVER -> true;
            case OPENED, VOTED, GLASS_BROKEN, DETACHED, DECIDED, CLAIMED, MARKED, CANCELLED, FINISHED -> false;
        };
    }

    /**
     * Somebody has clicked in the hold's own message, which can be changed for a while now.
     *
     * @param ts Slack's name of the message; null: not known
     * @param used how often the way has been used already
     */
    synchronized void clicked(HoldView view, URI responseUrl, @Nullable String ts, int used) {
        Entry entry = entry(view);
        if (bot && entry.ts != null && !entry.ts.equals(ts)) {
            entry.stale = true; // in an alarm; the bot changes the hold's own message by itself
        } else {
            entry.clicked(responseUrl, ts, clock.instant(), used);
        }
        notifyAll();
    }

    /** Whether the hold's client had gone when it was approved, as far as is remembered. */
    synchronized boolean wasGranted(HoldId id) {
        Entry entry = entries.get(id);
        return entry != null && entry.granted;
    }

    /** Somebody wants to see this hold by itself. */
    synchronized void wanted(HoldView view) {
        Entry entry = entry(view);
        entry.place = Place.WANTED;
        entry.stale = true;
        notifyAll();
    }

    /** Returns when something is due. */
    synchronized void awaitWork() throws InterruptedException {
        while (pending() == 0) {
            wait();
        }
    }

    /** What to send next; whoever gets it must report {@link #done}, {@link #failed} or {@link #again}. Empty: nothing is due. */
    synchronized Optional<Step> next() {
        Optional<Step> step = SlackPlan.next(entries.values(), bot, clock.instant());
        step.ifPresent(this::taken);
        return step;
    }

    /** @param ts Slack's name of a message that was posted; null: not known */
    synchronized void done(Step step, @Nullable String ts) {
        switch (step) {
            case Step.Post post -> stands(post.hold(), Place.ALONE, ts);
            case Step.Summary summary -> summary.holds().forEach(hold -> stands(hold, Place.AMONG_OTHERS, null));
            case Step.Edit edit -> changed(edit.hold());
            case Step.Replace replace -> changed(replace.hold());
            case Step.Ending ending -> forgetIfOver(ending.hold().id());
            case Step.Glass glass -> forgetIfOver(glass.hold().id());
            case Step.Alarm alarm -> {
                find(alarm.hold()).ifPresent(entry -> entry.alarmed = AlarmMessage.isRaised(alarm.hold()));
                forgetIfOver(alarm.hold().id());
            }
            case Step.News news -> news.holds().forEach(hold -> forgetIfOver(hold.id()));
        }
    }

    /** It was refused for good. What cannot be changed is followed by another message, what cannot be posted is told in one line. */
    synchronized void failed(Step step) {
        switch (step) {
            case Step.Edit edit ->
                find(edit.hold()).ifPresent(entry -> {
                    entry.loses();
                    entry.stale = true;
                });
            case Step.Replace replace ->
                find(replace.hold()).ifPresent(entry -> {
                    entry.responseUrls.drop(replace.responseUrl());
                    entry.stale = true;
                });
            case Step.Post post -> find(post.hold()).ifPresent(Entry::fallsBack);
            case Step.Glass glass -> find(glass.hold()).ifPresent(Entry::fallsBack);
            case Step.Ending ending -> forgetIfOver(ending.hold().id());
            case Step.Alarm alarm -> forgetIfOver(alarm.hold().id());
            case Step.Summary summary ->
                summary.holds().forEach(hold -> find(hold).ifPresent(Entry::fallsBack));
            case Step.News news -> news.holds().forEach(hold -> forgetIfOver(hold.id()));
        }
    }

    /** It could not be sent now. What is due comes again behind what else is, as it then is. */
    synchronized void again(Step step) {
        switch (step) {
            case Step.Post post -> toTheEnd(post.hold());
            case Step.Edit edit -> toTheEnd(edit.hold());
            case Step.Replace replace -> {
                find(replace.hold()).ifPresent(entry -> entry.responseUrls.giveBack(replace.responseUrl()));
                toTheEnd(replace.hold());
            }
            case Step.Ending ending -> find(ending.hold()).ifPresent(entry -> entry.threadDue = true);
            case Step.Glass glass -> find(glass.hold()).ifPresent(entry -> entry.glassDue = true);
            case Step.Alarm alarm -> find(alarm.hold()).ifPresent(entry -> entry.alarmDue = true);
            case Step.Summary summary -> summary.holds().forEach(this::toTheEnd);
            case Step.News news -> news.holds().forEach(this::toTheEnd);
        }
    }

    private void toTheEnd(HoldView hold) {
        Entry entry = entries.remove(hold.id());
        if (entry != null) {
            entry.stale = true;
            entries.put(hold.id(), entry);
        }
    }

    private synchronized int pending() {
        return (int) entries.values().stream().filter(Entry::isDue).count();
    }

    private void taken(Step step) {
        switch (step) {
            case Step.Post post -> find(post.hold()).ifPresent(Entry::leaves);
            case Step.Edit edit -> fresh(edit.hold());
            case Step.Replace replace -> fresh(replace.hold());
            case Step.Ending ending -> find(ending.hold()).ifPresent(entry -> entry.threadDue = false);
            case Step.Glass glass -> find(glass.hold()).ifPresent(entry -> entry.glassDue = false);
            case Step.Alarm alarm -> find(alarm.hold()).ifPresent(entry -> entry.alarmDue = false);
            case Step.Summary summary -> summary.holds().forEach(this::fresh);
            case Step.News news -> news.holds().forEach(this::fresh);
        }
    }

    private void fresh(HoldView view) {
        find(view).ifPresent(entry -> entry.stale = false);
    }

    private void stands(HoldView view, Place place, @Nullable String ts) {
        find(view).ifPresent(entry -> {
            entry.place = place;
            entry.ts = ts == null ? entry.ts : ts;
        });
        forgetIfOver(view.id());
    }

    private void changed(HoldView view) {
        find(view).ifPresent(entry -> entry.threadDue = view.state().isFinal() && entry.ts != null);
        forgetIfOver(view.id());
    }

    private Optional<Entry> find(HoldView view) {
        return Optional.ofNullable(entries.get(view.id()));
    }

    private Entry entry(HoldView view) {
        Entry known = entries.get(view.id());
        if (known != null) {
            return known;
        }
        Entry entry = new Entry(view);
        entries.put(view.id(), entry);
        chars += weight(view);
        while (entries.size() > 1 && (entries.size() > MOST_ENTRIES || chars > MOST_CHARS)) {
            drop(view.id());
        }
        return entry;
    }

    /** The oldest that is over, else the oldest; last what must be heard of. */
    private void drop(HoldId butNot) {
        List<HoldView> others = entries.values().stream()
                .filter(entry -> !entry.view.id().equals(butNot))
                .sorted(Comparator.comparing(entry -> entry.glassDue || entry.alarmDue))
                .map(entry -> entry.view)
                .toList();
        HoldView dropped = others.stream()
                .filter(view -> view.state().isFinal())
                .findFirst()
                .orElseGet(others::getFirst);
        forget(dropped.id());
        meters.dropped();
        log.error("Slack will not be told of {}: too much is waiting to be sent.", dropped.id());
    }

    private void forgetIfOver(HoldId id) {
        Entry entry = entries.get(id);
        if (entry != null && entry.isOver()) {
            forget(id);
        }
    }

    private void forget(HoldId id) {
        Entry gone = entries.remove(id);
        if (gone != null) {
            chars -= weight(gone.view);
        }
    }

    private static long weight(HoldView view) {
        return view.request().text().length();
    }
}
