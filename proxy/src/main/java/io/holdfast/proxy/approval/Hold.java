package io.holdfast.proxy.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One hold's mutable state; guarded by the lock of {@link HoldService}. */
final class Hold {
    final HoldId id;
    final HoldRequest request;
    final HoldTerms terms;
    final List<Vote> votes = new ArrayList<>();

    private final Instant opened;
    private HoldState state = HoldState.WAITING;
    private @Nullable HoldListener listener;
    private @Nullable Outcome outcome;
    private @Nullable String note;
    private boolean hasDeadline;
    private long deadlineNanos;
    private @Nullable Runnable cancelTimer;

    /** @param listener null: no client waits */
    Hold(HoldId id, HoldRequest request, HoldTerms terms, @Nullable HoldListener listener, Instant opened) {
        this.id = id;
        this.request = request;
        this.terms = terms;
        this.listener = listener;
        this.opened = opened;
    }

    HoldState state() {
        return state;
    }

    /** @throws IllegalStateException if the event cannot happen in this state; nothing is changed */
    void on(HoldEvent event) {
        state = state.next(event)
                .orElseThrow(() -> new IllegalStateException("hold " + id + ": " + event + " while " + state.label()));
    }

    /** Null: no client waits. */
    @Nullable
    HoldListener listener() {
        return listener;
    }

    void dropListener() {
        listener = null;
    }

    void ended(Outcome how) {
        outcome = how;
    }

    void ended(String why) {
        note = why;
    }

    /** The event that approval is: it can only be used at once by a client that is still there. */
    HoldEvent approval() {
        return listener != null ? HoldEvent.APPROVE : HoldEvent.GRANT;
    }

    /** The event that its deadline is. */
    HoldEvent timeOver() {
        return state == HoldState.WAITING && terms instanceof HoldTerms.Delayed ? approval() : HoldEvent.EXPIRE;
    }

    void arm(long deadline, Runnable cancel) {
        disarm();
        hasDeadline = true;
        deadlineNanos = deadline;
        cancelTimer = cancel;
    }

    void disarm() {
        hasDeadline = false;
        if (cancelTimer != null) {
            cancelTimer.run();
            cancelTimer = null;
        }
    }

    boolean isOverdue(long now) {
        return hasDeadline && now - deadlineNanos >= 0;
    }

    /** Until the deadline; never negative, zero if there is none. */
    Duration remaining(long now) {
        return hasDeadline ? Duration.ofNanos(Math.max(0, deadlineNanos - now)) : Duration.ZERO;
    }

    HoldView view(long now, Instant wall) {
        Duration remaining = remaining(now);
        return new HoldView(
                id,
                request,
                terms,
                state,
                listener != null,
                votes,
                opened,
                hasDeadline ? wall.plus(remaining) : null,
                remaining,
                outcome,
                note);
    }
}
