package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.HOLD;

import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.proxy.approval.Admitted;
import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldListener;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.approval.RestorePoint;
import io.holdfast.proxy.approval.Vote;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.metrics.Route;
import io.holdfast.proxy.metrics.VerdictKind;
import io.holdfast.proxy.policy.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a unit back until people, or time, let it pass: as a hold that its client waits for, as a ticket where it cannot wait, or
 * by a grant that is there already. What is admitted is on record before it moves on.
 */
final class Admission {
    /** What the admission needs of the dispatcher. */
    interface Host {
        /** Answers with the error in place of the unit, and goes on. */
        void refuse(Unit unit, String rule, ErrorReport error);

        /** The admitted unit must not run after all; answers with the error in its place. */
        void stop(String rule, ErrorReport error);

        /** Refuses the admitted unit, unless replies are due. */
        void takeBack();
    }

    /** A unit that the control store has been asked about, and what its hold has become before the answer is here. */
    private static final class Asking {
        final Unit unit;
        final String rule;

        @Nullable
        HoldView early;

        Asking(Unit unit, String rule) {
            this.unit = unit;
            this.rule = rule;
        }
    }

    private static final String NO_RESTORE_POINT_HINT =
            "It runs all the same; only the time in the audit says where a backup would be restored to.";
    private static final String AS_ONE =
            "The transaction has written, so it does not wait. Sent as one query (BEGIN; ...; COMMIT), all of it is one hold.";
    private static final String GLASS_HINT = "It runs now; everybody is told.";
    private static final CompletionStage<Void> NOTHING_TO_REPORT = CompletableFuture.completedFuture(null);

    private final SessionServices services;
    private final Conversation conversation;
    private final SessionLoop loop;
    private final ClientFacts client;
    private final Progress progress;
    private final Notices notices;
    private final Host host;
    private final HoldGate gate;
    private final CleanerWatch cleaners = new CleanerWatch();

    /** The hold that lets the first pending unit pass; null: it must be judged. */
    private @Nullable HoldView admitted;

    /** The last that was admitted, until the next; null: none was. */
    private @Nullable Released released;

    /** When the restore point of what is admitted has been reported. */
    private CompletionStage<Void> marked = NOTHING_TO_REPORT;

    private @Nullable HoldId lastHold;
    private @Nullable Asking asking;

    /** What the names of the unit that was asked about last stood for; null: nothing was asked yet. */
    private @Nullable MeantObjects meant;

    Admission(
            SessionServices services,
            Conversation conversation,
            SessionLoop loop,
            ClientFacts client,
            Progress progress,
            Notices notices,
            Host host) {
        this.services = services;
        this.conversation = conversation;
        this.loop = loop;
        this.client = client;
        this.progress = progress;
        this.notices = notices;
        this.host = host;
        this.gate = new HoldGate(
                services.holds(),
                services.links(),
                loop,
                services.protect().holds().noticeInterval(),
                new Gate());
    }

    /** Whether a client waits for people, or for what the control store says. */
    boolean isWaiting() {
        return asking != null || gate.isWaiting();
    }

    /** The session's last hold, ticket or grant; null: it had none. */
    @Nullable
    HoldId lastHold() {
        return lastHold;
    }

    /** The client takes back what it waits for. */
    void cancel() {
        Asking asked = asking;
        if (asked != null) {
            asking = null;
            host.refuse(asked.unit, Refusals.CANCEL_RULE, ProxyError.CANCELED.report());
        } else {
            gate.cancel();
        }
    }

    /** The session is over: what has not been sent will not run. */
    void close(String why) {
        asking = null;
        gate.abandon(why);
        fail("57P01", "the session ended before it ran");
    }

    /** The rule that held what has been admitted; null: nothing is. */
    @Nullable
    String admittedBy() {
        HoldView hold = admitted;
        return hold == null ? null : hold.request().rule();
    }

    /** The unit is being sent; if it is an admitted one, its end will be reported. */
    void sent(Unit unit, Run run, long nanos) {
        cleaners.passed(unit, nanos);
        Released sending = released;
        if (admitted != null && sending != null) {
            admitted = null;
            sending.sent(run);
            run.listener(new HeldRun(services.holds(), sending, marked));
        }
    }

    /** Whether a released unit has not been answered yet: nothing may be sent behind it. */
    boolean isRunning() {
        return released != null && released.isRunning();
    }

    /** Of the unit that runs, nothing is due any more: what comes next is not to be cancelled for it. */
    void answered() {
        Released done = released;
        if (done != null) {
            done.over();
            services.holds().ends(done);
        }
    }

    /** Whether a CancelRequest is on its way; the session goes on when it has arrived. */
    boolean isBeingCancelled() {
        return released != null && released.isBeingCancelled();
    }

    /** Whether an approver does not want the admitted unit to run any more. */
    boolean isCancelled() {
        return admitted != null && released != null && released.isCancelledUnsent();
    }

    /** The unit was answered with an error instead of being sent; it may be an admitted one. */
    void refused(Unit unit, String rule, ErrorFields error) {
        cleaners.passed(unit, System.nanoTime());
        fail(error.code() == null ? "XX000" : error.code(), error.message() == null ? rule : error.message());
    }

    /** Keeps the unit back; it waits, whatever becomes of it. Always false. */
    boolean hold(Unit unit, Verdict verdict) {
        services.units().count(unit.statementClass(), Route.NONE, VerdictKind.HOLD);
        Asking asked = new Asking(unit, verdict.rule());
        asking = asked;
        progress.suspend();
        String database = client.identity().database();
        MeantObjects.of(unit, services.catalogs(), database)
                .thenAcceptBoth(
                        ValueTypes.of(unit, services.catalogs(), database),
                        (found, types) -> loop.execute(() -> read(asked, verdict, found, types)));
        return false;
    }

    private void read(Asking asked, Verdict verdict, MeantObjects found, ValueTypes types) {
        if (asking != asked) {
            return; // the client is gone, or has cancelled
        }
        String encoding = client.parameters().getOrDefault("client_encoding", "UTF8");
        switch (HeldValues.read(asked.unit, types.known(), types.unknown(), encoding)) {
            case HeldValues.Reading.Whole(var values) -> ask(asked, verdict, found, values);
            case HeldValues.Reading.Refused(var error) -> {
                asking = null;
                host.refuse(asked.unit, asked.rule, error);
            }
        }
    }

    private void ask(Asking asked, Verdict verdict, MeantObjects found, List<BoundValue> values) {
        meant = found;
        Held held = Held.of(
                asked.unit,
                verdict,
                values,
                found,
                client.identity(),
                conversation,
                client.requesters(),
                client.parameters(),
                services.protect().holds(),
                cleaners);
        HoldListener listener = held.mayWait() ? view -> loop.execute(() -> changed(asked, view)) : null;
        services.holds()
                .admit(held.request(), held.terms(), listener)
                .whenComplete((answer, failure) -> loop.execute(() -> answered(asked, answer)));
    }

    /** @param answer null: there was none, and nothing may run */
    private void answered(Asking asked, @Nullable Admitted answer) {
        if (asking != asked) {
            takeBack(answer);
            return;
        }
        asking = null;
        switch (answer) {
            case null -> host.refuse(asked.unit, asked.rule, ProxyError.STORE_UNAVAILABLE.report());
            case Admitted.Full() -> host.refuse(asked.unit, asked.rule, ProxyError.TOO_MANY_HOLDS.report());
            case Admitted.Granted(var hold) -> {
                lastHold = hold.id();
                release(hold);
            }
            case Admitted.Opened(var hold) -> {
                lastHold = hold.id();
                if (hold.clientWaits()) {
                    wait(asked, hold);
                } else {
                    host.refuse(asked.unit, asked.rule, ticket(hold.id()));
                }
            }
        }
    }

    /** A transaction is rolled back for it, and its other held statements would need a ticket each: there is a better way. */
    private ErrorReport ticket(HoldId id) {
        ErrorReport error = ProxyError.NEEDS_APPROVAL.report(id);
        return conversation.work() == Conversation.Work.WROTE ? error.withDetail(AS_ONE) : error;
    }

    private void wait(Asking asked, HoldView hold) {
        conversation.phase.on(HOLD);
        gate.begin(asked.unit, hold);
        progress.goOn();
        if (asked.early != null) {
            gate.changed(asked.early);
        }
    }

    /** The answer comes too late: the client is gone, or has cancelled. A ticket stays, as it would have a moment later. */
    private void takeBack(@Nullable Admitted answer) {
        switch (answer) {
            case null -> {}
            case Admitted.Full() -> {}
            case Admitted.Granted(var hold) -> services.holds().executed(hold.id(), HeldRun.NOTHING_RAN);
            case Admitted.Opened(var hold) -> {
                if (hold.clientWaits()) {
                    services.holds().withdraw(hold.id(), "the client had gone before it was held");
                }
            }
        }
    }

    /** What has become of a hold; it can be known before the hold itself is. */
    private void changed(Asking asked, HoldView view) {
        if (asking == asked) {
            asked.early = view;
        } else {
            gate.changed(view);
        }
    }

    /**
     * The restore point, and a look at whether it is still what was approved; then the audit, which has the one; then the unit goes its way
     * like any other.
     */
    private void release(HoldView hold) {
        admitted = hold;
        marked = NOTHING_TO_REPORT;
        Released now = new Released(hold.id(), client.identity(), services.legs(), loop, new Running());
        released = now;
        services.holds().begins(now);
        progress.suspend();
        hold.brokenBy().ifPresent(vote -> notices.tell(brokenBy(hold.id(), vote), GLASS_HINT));
        CompletionStage<Optional<ErrorReport>> objection =
                meant == null ? CompletableFuture.completedStage(Optional.empty()) : meant.objection(hold.id());
        services.restorePoints()
                .before(hold.id())
                .exceptionally(failure -> new RestorePoint.None(failure.toString()))
                .thenAcceptBoth(
                        objection, (point, changed) -> loop.execute(() -> mark(hold, point, changed.orElse(null))));
    }

    private static String brokenBy(HoldId id, Vote vote) {
        return "glass broken: " + vote.person() + " has released " + id + " alone: " + vote.reason();
    }

    private void mark(HoldView hold, RestorePoint point, @Nullable ErrorReport objection) {
        services.meters().restorePoint(point.kind());
        if (admitted == null) { // cancelled meanwhile, or the session is over: nothing of it runs
            progress.goOn();
            return;
        }
        if (objection != null) {
            host.stop(hold.request().rule(), objection);
            progress.goOn();
            return;
        }
        marked = services.holds().marked(hold.id(), point);
        if (point instanceof RestorePoint.None(var why)) {
            notices.tell("no restore point was set before " + hold.id() + ": " + why, NO_RESTORE_POINT_HINT);
        }
        services.recorder()
                .releases(client.identity(), hold.marked(point))
                .whenComplete((_, failure) -> loop.execute(() -> recorded(hold, failure)));
    }

    private void recorded(HoldView hold, @Nullable Throwable failure) {
        if (failure != null && admitted != null) {
            host.stop(hold.request().rule(), ProxyError.AUDIT_UNAVAILABLE.report());
        }
        progress.goOn();
    }

    private void fail(String code, String message) {
        Released ending = released;
        if (admitted != null && ending != null) {
            admitted = null;
            new HeldRun(services.holds(), ending, marked).report(new Outcome.Failed(code, message, Duration.ZERO));
        }
    }

    /** Ends of what runs. */
    private final class Running implements Released.Host {
        @Override
        public void takeBack() {
            host.takeBack();
        }

        @Override
        public void interject(String message, String hint) {
            notices.interject(message, hint);
        }

        @Override
        public void goOn() {
            progress.goOn();
        }
    }

    /** Ends of a hold. */
    private final class Gate implements HoldGate.Handler {
        @Override
        public void released(Unit unit, HoldView hold) {
            release(hold);
        }

        @Override
        public void ended(Unit unit, ErrorReport error) {
            host.refuse(unit, "hold", error);
        }

        @Override
        public boolean notice(String message, String hint) {
            return notices.tell(message, hint);
        }
    }
}
