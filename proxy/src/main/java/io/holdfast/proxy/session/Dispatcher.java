package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.ANSWER;
import static io.holdfast.proxy.session.SessionEvent.FORWARD;
import static io.holdfast.proxy.session.SessionEvent.WAIT;

import io.holdfast.config.HostPort;
import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.ci.Objection;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.metrics.VerdictKind;
import io.holdfast.proxy.policy.Ruling;
import io.holdfast.proxy.statement.StatementClass;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the units of a session one after the other: judges each, finds it a leg, and sends, holds or refuses it. Whatever a unit
 * waits for, {@link #advance()} looks at it again from the start, so nothing is decided on what was true before the wait.
 */
final class Dispatcher implements Legs.Handler {
    /** What the dispatcher needs of its session. */
    interface Host extends ClientFacts {
        /** Frames for the client. */
        void answer(ByteBuf frames);

        /** No reply is due and no frame is half sent. */
        boolean settled();

        /** What the session has left on the primary is lost: it cannot go on as if nothing had happened. */
        void lostState();

        /** The client must not be here; the session ends. */
        void turnAway(ErrorReport why);

        /** A leg was opened; its bytes are to be relayed. */
        void opened(Leg leg);

        /** Sends what is queued, and lets the client be read if it may. */
        void proceed();

        /** A frame for the client, sent as soon as it can be between two others. */
        void interject(ByteBuf frame);
    }

    private static final String CANCEL_RULE = "cancel";

    private final SessionServices services;
    private final Conversation conversation;
    private final Sender sender;
    private final Refusals refusals;
    private final Judge judge;
    private final Legs legs;
    private final LegChooser chooser;
    private final Admission admission;
    private final CatalogLook catalog;
    private final RowLook rows;
    private final FreezeGate frozen;
    private final SessionGuard guard;
    private final LegAlignment alignment;
    private final ParameterTypes types;
    private final Host host;
    private final SessionLoop loop;
    private final ByteBufAllocator allocator;
    private final ArrayDeque<Unit> pending = new ArrayDeque<>(2);
    private final Tries tries = new Tries();
    private final OwnShow ownShow;

    /** Something that the first pending unit needs is under way; it calls back. */
    private boolean suspended;

    /** Why the session ends as soon as what is under way is answered; null: it goes on. */
    private @Nullable Objection banned;

    /** What the server said of the first pending unit's text; null: it was not asked. */
    private @Nullable SyntaxCheck checked;

    Dispatcher(
            SessionServices services,
            Identity identity,
            Conversation conversation,
            Freshness freshness,
            Host host,
            SessionLoop loop,
            ByteBufAllocator allocator) {
        this.services = services;
        this.conversation = conversation;
        this.host = host;
        this.loop = loop;
        this.allocator = allocator;
        this.sender = new Sender(conversation, allocator);
        this.alignment = new LegAlignment(conversation, sender);
        this.types = new ParameterTypes(conversation, sender);
        this.refusals = new Refusals(conversation, sender, allocator, host::answer);
        this.rows = new RowLook(services, conversation, host, loop);
        this.judge = new Judge(services.policy(), conversation, host.requesters(), rows);
        this.legs = new Legs(services.legs(), identity, this);
        this.chooser = new LegChooser(
                services.upstream(), services.load(), services.upstreamConfig(), conversation, freshness, legs);
        this.admission = new Admission(services, conversation, loop, host, new Admitting());
        this.catalog = new CatalogLook(services.catalogs(), identity.database(), loop);
        this.frozen = new FreezeGate(
                services.freezes(),
                identity.database(),
                conversation,
                services.protect().holds().noticeInterval());
        this.guard = new SessionGuard(services.guard(), identity.database(), host::identity);
        SessionSheet sheet = new SessionSheet(host::identity, conversation, legs, admission::lastHold);
        this.ownShow = new OwnShow(conversation.names, allocator, conversation.routes, sheet::row);
        conversation.onSchemaChange(catalog::changed);
    }

    Legs legs() {
        return legs;
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    /**
     * Takes the next unit of the client.
     *
     * @throws ProtocolViolation if it comes in place of COPY data, and the server cannot be left to say so
     */
    void take(Unit unit) {
        if (conversation.ledger.copyIn() && unit.isOnlySyncOrFlush()) {
            sender.passDuringCopy(unit); // the server ignores it
            return;
        }
        pending.addLast(unit);
        tries.begin(false);
        advance();
        copyGoesOn();
        if (!pending.isEmpty() && conversation.phase.reads()) {
            conversation.phase.on(WAIT); // one unit at a time is kept, the others stay with the client
        }
    }

    /**
     * While a COPY reads data, nothing else may wait for its end: the data would wait behind it.
     *
     * @throws ProtocolViolation if something does
     */
    void copyGoesOn() {
        if (conversation.ledger.copyIn() && !pending.isEmpty()) {
            advance(); // to the server, which refuses it and ends the connection
            if (!pending.isEmpty()) {
                throw new ProtocolViolation("unexpected message during COPY from stdin");
            }
        }
    }

    /** Takes a unit that a follower could not answer; it runs on the primary, before anything behind it. */
    void again(Unit unit) {
        pending.addFirst(unit);
        tries.begin(true);
        advance();
    }

    /** Looks at the first pending unit again. */
    void advance() {
        while (!pending.isEmpty()
                && conversation.phase.phase() != Phase.CLOSED
                && !admission.isWaiting()
                && !suspended
                && step(pending.getFirst())) {
            // The next one is first.
        }
    }

    /** The client has sent a CancelRequest; false if nothing that it could mean waits here. */
    boolean cancel() {
        if (admission.isWaiting()) {
            admission.cancel();
            return true;
        }
        Unit unit = pending.peekFirst();
        if (unit == null || !host.settled()) {
            return false;
        }
        if (rows.abandon()) {
            suspended = false;
        }
        refuse(unit, CANCEL_RULE, ProxyError.CANCELED.report());
        host.proceed();
        return true;
    }

    void close(String why) {
        admission.close(why);
        rows.abandon();
        pending.forEach(Unit::release);
        pending.clear();
        legs.close();
    }

    @Override
    public void legOpened(Leg leg) {
        host.opened(leg);
        goOn();
    }

    @Override
    public void legRefused(ErrorFields error) {
        Unit unit = pending.peekFirst();
        if (unit != null) {
            // The server is there and says no to this user: that is the answer, but not the end of the session.
            unserved(unit, "upstream", error.withSeverity("ERROR"));
        }
        goOn();
    }

    @Override
    public void legUnreachable(HostPort server, String why) {
        services.upstream().suspect(server);
        tries.legFailed();
        goOn();
    }

    private void goOn() {
        suspended = false;
        advance();
        host.proceed();
    }

    private void suspend() {
        suspended = true;
        conversation.phase.on(WAIT);
    }

    /** Brings the unit one step further; false if it now waits for something. */
    private boolean step(Unit unit) {
        if (conversation.phase.phase() == Phase.SKIPPING) {
            drop(unit);
            if (unit.endsWithSync()) {
                refusals.endSkipping();
            }
            return true;
        }
        if (banned == null) {
            banned = guard.objection();
        }
        if (banned != null) {
            if (whenSettled()) {
                host.turnAway(banned.report());
            }
            return false;
        }
        if (!isClearOfReleased()) {
            return false;
        }
        if (admission.isCancelled()) {
            return whenSettled() && refuse(unit, CANCEL_RULE, ProxyError.CANCELED.report());
        }
        if (ownShow.isAsked(unit) && conversation.mayAnswer()) {
            return whenSettled() && show(unit);
        }
        String admittedBy = admission.admittedBy();
        if (admittedBy == null) {
            catalog.resolve(unit);
        }
        Freeze freeze = frozen.stops(unit);
        if (freeze != null) {
            return whenSettled() && (admittedBy != null || isCertain(unit)) && stop(unit, freeze);
        }
        if (admittedBy != null) {
            return route(unit, admittedBy);
        }
        return switch (judge.judge(unit, tries.primaryOnly())) {
            case Judgement.Pass(var rule) ->
                catalog.isWorthwhile(unit) ? whenSettled() && look(unit) : route(unit, rule);
            case Judgement.Refused(var rule, var error) ->
                whenSettled() && isCertain(unit) && refuse(unit, rule, error);
            case Judgement.Uncounted(var ruling) ->
                whenSettled() && isCertain(unit) && hasTypes(unit) && count(unit, ruling);
            case Judgement.Held(var verdict) ->
                whenSettled() && isCertain(unit) && check(unit) && hasTypes(unit) && admission.hold(unit, verdict);
        };
    }

    /**
     * Whether a cancel of the released unit that was sent last cannot hit this one. Data of a COPY waits for nothing, and what comes in
     * its place ends the connection.
     */
    private boolean isClearOfReleased() {
        if (conversation.ledger.copyIn()) {
            return true;
        }
        if (admission.isRunning()) {
            if (!whenSettled()) {
                return false;
            }
            admission.answered();
        }
        if (admission.isBeingCancelled()) {
            suspend();
            return false;
        }
        return true;
    }

    /** Refuses a write, or lets it wait and looks again soon. */
    private boolean stop(Unit unit, Freeze freeze) {
        if (!frozen.waits(freeze)) {
            return refuse(unit, FreezeGate.RULE, FreezeGate.refusal(freeze));
        }
        if (frozen.isNoticeDue(System.nanoTime())) {
            host.answer(Answers.notice(allocator, FreezeGate.notice(freeze), FreezeGate.HINT));
        }
        suspend();
        loop.schedule(this::goOn, FreezeGate.LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return false;
    }

    private boolean show(Unit unit) {
        host.answer(ownShow.answer(unit, conversation.status()));
        drop(unit);
        conversation.phase.on(ANSWER);
        return true;
    }

    /** Whether the unit is kept back for what the newest catalog says; false: that is being read. */
    private boolean isCertain(Unit unit) {
        return !catalog.isDue(unit) || look(unit);
    }

    /** Has the catalog read, and the unit judged again; always false. */
    private boolean look(Unit unit) {
        suspend();
        catalog.again(unit, this::goOn);
        return false;
    }

    /** Has the rows counted that it would touch, and the unit judged again; always false. */
    private boolean count(Unit unit, Ruling.Depends ruling) {
        suspend();
        rows.ask(unit, ruling, this::goOn);
        return false;
    }

    /**
     * Lets the server look at a text that was not understood, before people must.
     *
     * @return true: hold it; false: it was answered, or the server has yet to say
     */
    private boolean check(Unit unit) {
        if (conversation.openRun() != null) {
            return true; // a check would end it
        }
        if (checked == null) {
            SyntaxCheck check = unit.syntaxCheck();
            if (check == null) {
                return true;
            }
            HostPort primary = chooser.primary();
            Leg leg = conversation.inTransaction() ? conversation.active() : legs.get(LegRole.PRIMARY);
            if (leg != null) {
                conversation.phase.on(WAIT);
                checked = check;
                sender.check(check, leg);
            } else if (primary != null && tries.mayOpenLeg()) {
                suspend();
                legs.open(LegRole.PRIMARY, primary);
            } else {
                return true; // nobody to ask
            }
            return false;
        }
        ErrorFields error = checked.error();
        if (error == null) {
            return true;
        }
        if (unit.beginsTransaction() && !unit.isQuery()) {
            return refuse(unit, "syntax", error); // a Query is parsed as a whole, before any of it runs
        }
        drop(unit);
        refusals.answer(unit.complete(), error);
        return false;
    }

    /** Whether all is known that can be of the types of the unit's values; false: somebody has yet to say. */
    private boolean hasTypes(Unit unit) {
        Leg leg = conversation.inTransaction() ? conversation.active() : legs.get(LegRole.PRIMARY);
        TypeQuestion question = types.question(unit, leg);
        if (question == null) {
            return true;
        }
        if (leg == null) {
            HostPort primary = chooser.primary();
            if (primary == null || !tries.mayOpenLeg()) {
                return true; // nobody to ask
            }
            suspend();
            legs.open(LegRole.PRIMARY, primary);
        } else if (alignment.isDone(unit, leg)) {
            types.ask(question, leg);
        }
        return false;
    }

    private boolean whenSettled() {
        if (host.settled()) {
            return true;
        }
        await();
        return false;
    }

    /** Waits for the replies that are due; those of an open unit the server may be keeping back. */
    void await() {
        boolean first = conversation.phase.phase() != Phase.WAITING;
        conversation.phase.on(WAIT);
        Leg leg = conversation.active();
        if (first && conversation.openRun() != null && leg != null) {
            sender.flush(leg);
        }
    }

    private boolean route(Unit unit, String rule) {
        Leg active = conversation.active();
        if (active != null && (conversation.inTransaction() || conversation.ledger.copyIn())) {
            conversation.routes.inTransaction();
            return forward(unit, active, rule);
        }
        return switch (chooser.route(unit, judge.destination(unit), tries, System.nanoTime())) {
            case Route.AfterReplies _ -> {
                await();
                yield false;
            }
            case Route.Nowhere(var missing) ->
                whenSettled() && (tries.blinks() ? lookAgain(Tries.BLINK_MILLIS) : noServer(unit, missing));
            case Route.Shortly _ -> whenSettled() && tries.looks() && lookAgain(Tries.LOOK_MILLIS);
            case Route.Primary _, Route.Detour _ -> withLeg(unit, LegRole.PRIMARY, chooser.primary(), rule);
            case Route.Follower follower -> withLeg(unit, LegRole.FOLLOWER, follower.server(), rule);
        };
    }

    /** Goes on in a moment, when there may be news of the servers; always false. */
    private boolean lookAgain(int millis) {
        services.upstream().hurry();
        suspend();
        loop.schedule(this::goOn, millis, TimeUnit.MILLISECONDS);
        return false;
    }

    private boolean noServer(Unit unit, String missing) {
        String why = services.upstream().topology().whyNoPrimary();
        return unserved(
                unit,
                "routing",
                Answers.fields(ProxyError.NO_SERVER_REACHABLE.report(missing).withDetail(why)));
    }

    /** Refuses what no server takes, and with it all that relies on it. */
    private boolean unserved(Unit unit, String rule, ErrorFields error) {
        if (unit.changesSession()) {
            host.lostState();
            return false;
        }
        return refuse(unit, rule, error);
    }

    private boolean withLeg(Unit unit, LegRole role, @Nullable HostPort server, String rule) {
        Leg leg = legs.get(role);
        if (leg != null && leg.server().equals(server)) {
            return forward(unit, leg, rule);
        }
        if (!whenSettled()) {
            return false;
        }
        if (server == null || !tries.mayOpenLeg()) {
            return noServer(unit, "primary");
        }
        if (leg != null && role == LegRole.PRIMARY && conversation.pinned() != null) {
            host.lostState(); // temporary tables, LISTEN and the like are where the primary was
            return false;
        }
        suspend();
        if (leg != null) {
            conversation.dropped(leg);
        }
        legs.open(role, server);
        return false;
    }

    private boolean forward(Unit unit, Leg leg, String rule) {
        if (!alignment.isDone(unit, leg)) {
            return false;
        }
        PreparedStatement changed = alignment.changed();
        if (changed != null) {
            leg.unsureOf(changed.name()); // the next use is refused, too, until it is prepared again
            return refuse(unit, "upstream", ShapeCheck.error());
        }
        if (admission.admittedBy() == null
                && unit.statementClass().compareTo(StatementClass.WRITE) >= 0
                && !services.recorder().forwards(host.identity(), unit, rule, leg.role())) {
            return whenSettled() && refuse(unit, rule, ProxyError.AUDIT_UNAVAILABLE.report());
        }
        services.units().count(unit.statementClass(), leg.role().meter(), VerdictKind.FORWARD);
        leaves(unit);
        long nanos = System.nanoTime();
        rows.sending(unit);
        Run run = sender.send(unit, leg, nanos);
        conversation.routes.sent(leg, run);
        admission.sent(unit, run, nanos);
        conversation.phase.on(FORWARD);
        return true;
    }

    private boolean refuse(Unit unit, String rule, ErrorReport error) {
        services.recorder().refuses(host.identity(), unit, rule, error);
        return refuse(unit, rule, Answers.fields(error));
    }

    private boolean refuse(Unit unit, String rule, ErrorFields error) {
        services.units().count(unit.statementClass(), io.holdfast.proxy.metrics.Route.NONE, VerdictKind.REFUSE);
        admission.refused(unit, rule, error);
        drop(unit);
        if (!unit.beginsTransaction() || conversation.inTransaction()) {
            refusals.refuse(unit.complete(), error);
            return true;
        }
        Leg leg = legs.any();
        if (leg == null) {
            host.lostState();
            return false;
        }
        refusals.refuseTransaction(leg, unit.complete(), error);
        return true;
    }

    private void drop(Unit unit) {
        leaves(unit);
        unit.release();
    }

    /** What was tried and found out for it says nothing about the next one. */
    private void leaves(Unit unit) {
        pending.remove(unit);
        tries.end();
        checked = null;
        alignment.reset();
        types.reset();
    }

    /** What the admission needs. */
    private final class Admitting implements Admission.Host {
        @Override
        public void suspend() {
            Dispatcher.this.suspend();
        }

        @Override
        public void goOn() {
            Dispatcher.this.goOn();
        }

        @Override
        public void refuse(Unit unit, String rule, ErrorReport error) {
            Dispatcher.this.refuse(unit, rule, error);
            Dispatcher.this.goOn();
        }

        @Override
        public void ended(Unit unit, ErrorReport error) {
            refuse(unit, "hold", error);
        }

        @Override
        public void stop(String rule, ErrorReport error) {
            Unit unit = pending.peekFirst();
            if (unit != null) {
                Dispatcher.this.refuse(unit, rule, error);
            }
        }

        @Override
        public boolean notice(String message, String hint) {
            if (!host.settled()) {
                return false;
            }
            host.answer(Answers.notice(allocator, message, hint));
            host.proceed();
            return true;
        }

        @Override
        public void interject(String message, String hint) {
            host.interject(Answers.notice(allocator, message, hint));
        }

        @Override
        public void takeBack() {
            Dispatcher.this.cancel();
        }
    }
}
