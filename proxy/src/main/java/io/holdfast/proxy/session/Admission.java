package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.HOLD;

import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.metrics.Route;
import io.holdfast.proxy.metrics.VerdictKind;
import io.holdfast.proxy.policy.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a unit back until people, or time, let it pass: as a hold that its client waits for, as a ticket where it cannot wait, or
 * by a grant that is there already. What is admitted is on record before it moves on.
 */
final class Admission {
    /** What the admission needs of the dispatcher. */
    interface Host {
        /** Nothing moves until {@link #goOn()}. */
        void suspend();

        void goOn();

        /** Answers with the error in place of the unit; always true. */
        boolean refuse(Unit unit, String rule, ErrorReport error);

        /** The hold's wait is over; the unit is refused. */
        void ended(Unit unit, ErrorReport error);

        /** The admitted unit cannot be put on record. */
        void unrecorded(String rule);

        /** Tells the waiting client; false if it cannot be told now. */
        boolean notice(String message, String hint);
    }

    private final SessionServices services;
    private final Conversation conversation;
    private final SessionLoop loop;
    private final ClientFacts client;
    private final Host host;
    private final HoldGate gate;

    /** The hold that lets the first pending unit pass; null: it must be judged. */
    private @Nullable HoldView admitted;

    private @Nullable HoldId lastHold;

    Admission(SessionServices services, Conversation conversation, SessionLoop loop, ClientFacts client, Host host) {
        this.services = services;
        this.conversation = conversation;
        this.loop = loop;
        this.client = client;
        this.host = host;
        this.gate = new HoldGate(
                services.holds(),
                services.links(),
                loop,
                services.protect().holds().noticeInterval(),
                new Gate());
    }

    /** Whether a client waits for people. */
    boolean isWaiting() {
        return gate.isWaiting();
    }

    /** The session's last hold, ticket or grant; null: it had none. */
    @Nullable
    HoldId lastHold() {
        return lastHold;
    }

    /** The client takes back what it waits for. */
    void cancel() {
        gate.cancel();
    }

    /** The session is over: what has not been sent will not run. */
    void close(String why) {
        gate.abandon(why);
        fail("57P01", "the session ended before it ran");
    }

    /** The rule that held what has been admitted; null: nothing is. */
    @Nullable
    String admittedBy() {
        HoldView hold = admitted;
        return hold == null ? null : hold.request().rule();
    }

    /** The admitted unit is being sent: its end will be reported. */
    void sent(Run run) {
        HoldView hold = admitted;
        if (hold != null) {
            admitted = null;
            run.listener(new HeldRun(services.holds(), hold.id()));
        }
    }

    /** The admitted unit, if there is one, was answered with an error instead of being sent. */
    void refused(String rule, ErrorFields error) {
        fail(error.code() == null ? "XX000" : error.code(), error.message() == null ? rule : error.message());
    }

    /**
     * Keeps the unit back.
     *
     * @return true: it has been answered; false: it waits
     */
    boolean hold(Unit unit, Verdict verdict) {
        services.units().count(unit.statementClass(), Route.NONE, VerdictKind.HOLD);
        Identity who = client.identity();
        Held held = Held.of(
                unit,
                verdict,
                who,
                conversation,
                client.requesters(),
                client.parameters(),
                services.protect().holds());
        Optional<HoldView> granted = services.holds()
                .takeGrant(
                        who.user(), who.person(), who.database(), held.request().fingerprint())
                .flatMap(services.holds()::find);
        if (granted.isPresent()) {
            lastHold = granted.get().id();
            release(granted.get());
            return false;
        }
        if (!held.mayWait()) {
            return host.refuse(unit, verdict.rule(), ticket(held));
        }
        if (!gate.open(unit, held.request(), held.terms())) {
            return host.refuse(unit, verdict.rule(), ProxyError.TOO_MANY_HOLDS.report());
        }
        lastHold = gate.id();
        conversation.phase.on(HOLD);
        return false;
    }

    private ErrorReport ticket(Held held) {
        Optional<HoldView> ticket = services.holds().openDetached(held.request(), held.terms());
        if (ticket.isEmpty()) {
            return ProxyError.TOO_MANY_HOLDS.report();
        }
        lastHold = ticket.get().id();
        return ProxyError.NEEDS_APPROVAL.report(lastHold);
    }

    /** The audit first; then the unit goes its way like any other. */
    private void release(HoldView hold) {
        admitted = hold;
        host.suspend();
        services.recorder()
                .releases(client.identity(), hold)
                .whenComplete((_, failure) -> loop.execute(() -> recorded(hold, failure)));
    }

    private void recorded(HoldView hold, @Nullable Throwable failure) {
        if (failure != null && admitted != null) {
            host.unrecorded(hold.request().rule());
        }
        host.goOn();
    }

    private void fail(String code, String message) {
        HoldView hold = admitted;
        if (hold != null) {
            admitted = null;
            services.holds().executed(hold.id(), new Outcome.Failed(code, message, Duration.ZERO));
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
            host.ended(unit, error);
        }

        @Override
        public boolean notice(String message, String hint) {
            return host.notice(message, hint);
        }
    }
}
