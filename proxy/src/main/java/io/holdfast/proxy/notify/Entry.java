package io.holdfast.proxy.notify;

import io.holdfast.proxy.approval.HoldChange;
import io.holdfast.proxy.approval.HoldView;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What Slack shows of one hold, and what it should show. Guarded by its board. */
final class Entry {
    /** Where a hold stands in Slack. */
    enum Place {
        NOWHERE,
        /** Somebody has asked for a message of its own. */
        WANTED,
        /** In a message of its own. */
        ALONE,
        /** Only among others. */
        AMONG_OTHERS
    }

    HoldView view;
    Place place = Place.NOWHERE;

    /** Slack does not show the view yet. */
    boolean stale = true;

    /** It has been approved for a client that was gone. */
    boolean granted;

    /** The outcome is to be said under the message. */
    boolean threadDue;

    /** Everybody in the channel is to be told that one person has released it alone. */
    boolean glassDue;

    /** A wait for a lock, or its end, is to be said. */
    boolean alarmDue;

    /** A wait for a lock has been said, and not its end. */
    boolean alarmed;

    /** Slack's name of the message; null: not known. */
    @Nullable
    String ts;

    final ResponseUrls responseUrls = new ResponseUrls();

    Entry(HoldView view) {
        this.view = view;
    }

    boolean isDue() {
        return stale || threadDue || alarmDue || glassDue;
    }

    /** Nothing will be said of it any more. */
    boolean isOver() {
        return view.state().isFinal() && !isDue();
    }

    /** What is to be said of locks. An end goes without saying where the beginning has not been said, or the end of all is. */
    void hears(HoldChange change) {
        switch (change) {
            case LOCK_WAIT, LOCK_WAIT_LASTS -> alarmDue = true;
            case LOCK_WAIT_OVER -> alarmDue = alarmed;
            case FINISHED -> alarmDue = alarmed && ts == null;
            case OPENED, VOTED, GLASS_BROKEN, DETACHED, DECIDED, CLAIMED, MARKED, CANCELLED -> {}
        }
    }

    boolean isNew() {
        return stale && place == Place.NOWHERE;
    }

    /** Whether the message itself can be changed. */
    boolean canChange(boolean bot, Instant now) {
        return place == Place.ALONE && ((bot && ts != null) || !responseUrls.isEmpty(now));
    }

    /** A message of its own is under way; one that it had before is given up. */
    void leaves() {
        stale = false;
        loses();
        responseUrls.clear();
    }

    /** Slack does not take a message about it alone. */
    void fallsBack() {
        place = Place.AMONG_OTHERS;
        stale = true;
    }

    /** The message can no longer be told by name. */
    void loses() {
        ts = null;
        threadDue = false;
    }

    void clicked(URI responseUrl, @Nullable String message, Instant at, int used) {
        responseUrls.add(responseUrl, at, used);
        place = Place.ALONE;
        ts = message == null ? ts : message;
        stale = true;
    }
}
