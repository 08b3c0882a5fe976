package io.holdfast.proxy.session;

import io.holdfast.proxy.approval.HoldDesk;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldLinks;
import io.holdfast.proxy.approval.HoldTerms;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.policy.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps one unit of one session waiting for people, tells its client, and says how the wait ended. Of one event loop. */
final class HoldGate {
    /** How a wait ends, and what is said meanwhile. */
    interface Handler {
        /** Approved and claimed: it runs next. */
        void released(Unit unit, HoldView hold);

        /** Nothing of it may run. */
        void ended(Unit unit, ErrorReport error);

        /** Tells the client; false if a frame is half sent and it must be tried again soon. */
        boolean notice(String message, String hint);
    }

    private record Waiting(HoldId id, Unit unit, ScheduledFuture<?> notices, ScheduledFuture<?> clientWait) {}

    /** Approved, and being taken. */
    private static final class Claiming {
        final HoldId id;
        final Unit unit;

        Claiming(HoldId id, Unit unit) {
            this.id = id;
            this.unit = unit;
        }
    }

    private final HoldDesk holds;
    private final HoldLinks links;
    private final SessionLoop loop;
    private final Duration noticeInterval;
    private final Handler handler;
    private @Nullable Waiting waiting;
    private @Nullable Claiming claiming;

    HoldGate(HoldDesk holds, HoldLinks links, SessionLoop loop, Duration noticeInterval, Handler handler) {
        this.holds = holds;
        this.links = links;
        this.loop = loop;
        this.noticeInterval = noticeInterval;
        this.handler = handler;
    }

    boolean isWaiting() {
        return waiting != null || claiming != null;
    }

    /** The terms of a verdict for a client that can wait this long. */
    static HoldTerms terms(Verdict.Hold hold, Duration clientWait) {
        Duration wait = clientWait.compareTo(hold.timeout()) < 0 ? clientWait : hold.timeout();
        return new HoldTerms.People(hold.approvals(), hold.timeout(), wait);
    }

    /** Begins to wait for a hold that has just been opened; {@link #changed} must be called with what becomes of it. */
    void begin(Unit unit, HoldView view) {
        long interval = noticeInterval.toMillis();
        long patience = view.terms() instanceof HoldTerms.People people
                        && people.clientWait().compareTo(people.timeout()) < 0
                ? people.clientWait().toMillis()
                : Long.MAX_VALUE / 2_000_000;
        HoldId id = view.id();
        waiting = new Waiting(
                id,
                unit,
                loop.scheduleAtFixedRate(() -> remind(id), interval, interval, TimeUnit.MILLISECONDS),
                loop.schedule(() -> clientWaitOver(id), patience, TimeUnit.MILLISECONDS));
        tell(view);
    }

    /** The client has sent a CancelRequest. */
    void cancel() {
        Unit unit = take("cancelled by the client");
        if (unit != null) {
            handler.ended(unit, ProxyError.CANCELED.report());
        }
    }

    /** The client or the session is gone; nobody is told. */
    void abandon(String why) {
        Unit unit = take(why);
        if (unit != null) {
            unit.release();
        }
    }

    /** Ends the wait; what is being claimed is given back when it is known to have been, see {@link #claimed}. */
    private @Nullable Unit take(String why) {
        Claiming taken = claiming;
        Waiting ending = stop();
        if (ending != null) {
            holds.withdraw(ending.id, why);
            return ending.unit;
        }
        claiming = null;
        return taken == null ? null : taken.unit;
    }

    /** The hold has changed. Of the loop. */
    void changed(HoldView view) {
        Waiting now = waiting;
        if (now == null || !now.id.equals(view.id())) {
            return; // it was cancelled while this was under way
        }
        switch (view.state()) {
            case WAITING -> tell(view);
            case APPROVED -> {
                stop();
                claim(view.id(), now.unit);
            }
            case DENIED -> {
                stop();
                handler.ended(now.unit, denied(view));
            }
            case EXPIRED -> {
                stop();
                handler.ended(now.unit, ProxyError.HOLD_EXPIRED.report(view.id()));
            }
            case WITHDRAWN -> { // by another proxy, which had not heard of this one for too long
                stop();
                handler.ended(now.unit, ProxyError.STORE_UNAVAILABLE.report());
            }
            case GRANTED, RELEASED, EXECUTED, FAILED, UNKNOWN_OUTCOME, GRANT_EXPIRED -> {
                stop();
                handler.ended(now.unit, ProxyError.HOLD_EXPIRED.report(view.id()));
            }
        }
    }

    private void claim(HoldId id, Unit unit) {
        Claiming mine = new Claiming(id, unit);
        claiming = mine;
        holds.claim(id)
                .whenComplete((claimed, failure) ->
                        loop.execute(() -> claimed(mine, failure == null ? claimed : Optional.empty(), failure)));
    }

    /** Only a claim that is known to have been made, for a client that is still there, lets anything run. */
    private void claimed(Claiming mine, Optional<HoldView> claimed, @Nullable Throwable failure) {
        boolean wanted = claiming == mine;
        if (wanted) {
            claiming = null;
        }
        if (claimed.isPresent()) {
            if (wanted) {
                handler.released(mine.unit, claimed.get());
            } else {
                holds.executed(mine.id, HeldRun.NOTHING_RAN);
            }
        } else if (wanted) {
            handler.ended(
                    mine.unit,
                    failure == null ? ProxyError.HOLD_EXPIRED.report(mine.id) : ProxyError.STORE_UNAVAILABLE.report());
        }
    }

    private static ErrorReport denied(HoldView view) {
        var denial = view.votes().getLast();
        ErrorReport report = ProxyError.HOLD_DENIED.report(view.id(), denial.person());
        return denial.reason() == null ? report : report.withDetail(denial.reason());
    }

    private void clientWaitOver(HoldId id) {
        Waiting now = waiting;
        if (now != null && now.id.equals(id)) {
            stop();
            holds.detach(id);
            handler.ended(now.unit, ProxyError.NEEDS_APPROVAL.report(id));
        }
    }

    private void remind(HoldId id) {
        Waiting now = waiting;
        if (now != null && now.id.equals(id)) {
            holds.latest(id).ifPresent(this::tell);
        }
    }

    private void tell(HoldView view) {
        if (!handler.notice(message(view, links), hint(view))) {
            loop.schedule(() -> remind(view.id()), 20, TimeUnit.MILLISECONDS);
        }
    }

    private static String message(HoldView view, HoldLinks links) {
        String standing = switch (view.terms()) {
            case HoldTerms.People _ ->
                "held as " + view.id() + ": needs " + view.approvalsNeeded()
                        + (view.approvalsNeeded() == 1 ? " approval, " : " approvals, ") + view.approvals() + " so far";
            case HoldTerms.Delayed _ ->
                "held as " + view.id() + ": runs in " + readable(view.remaining()) + " unless somebody denies it";
        };
        return standing + links.to(view.id()).map(link -> "; " + link).orElse("");
    }

    private static String hint(HoldView view) {
        String looksLike = view.request().looksLike();
        return "Nothing of it has run. "
                + (looksLike == null ? "" : "It looks like " + looksLike + ". ") + "Approvers: APPROVE " + view.id()
                + " or DENY " + view.id()
                + " in database holdfast; Ctrl-C withdraws it.";
    }

    private static String readable(Duration left) {
        return left.toMinutes() > 0
                ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
                : left.toSeconds() + " s";
    }

    private @Nullable Waiting stop() {
        Waiting ended = waiting;
        waiting = null;
        if (ended != null) {
            ended.notices.cancel(false);
            ended.clientWait.cancel(false);
        }
        return ended;
    }
}
