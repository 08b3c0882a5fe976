package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.ANSWER;
import static io.holdfast.proxy.session.SessionEvent.FORWARD;
import static io.holdfast.proxy.session.SessionEvent.HOLD;
import static io.holdfast.proxy.session.SessionEvent.SKIP;
import static io.holdfast.proxy.session.SessionEvent.WAIT;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream.Fallback;
import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.protocol.message.TransactionStatus;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.approval.Outcome;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.metrics.VerdictKind;
import io.holdfast.proxy.policy.Verdict;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.upstream.Follower;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.Topology;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the units of a session one after the other: judges each, finds it a leg, and sends, holds or refuses it. Whatever a unit
 * waits for, {@link #advance()} looks at it again from the start, so nothing is decided on what was true before the wait.
 */
final class Dispatcher implements Legs.Handler {
    private static final int MAX_ATTEMPTS = 3;
    private static final int MAX_BLINKS = 20;
    private static final int BLINK_MILLIS = 50;

    /** What the dispatcher needs of its session. */
    interface Host {
        /** The client, with the application name that it has now. */
        Identity identity();

        Requesters requesters();

        /** Frames for the client. */
        void answer(ByteBuf frames);

        /** No reply is due and no frame is half sent. */
        boolean settled();

        /** A leg was opened; its bytes are to be relayed. */
        void opened(Leg leg);

        /** Sends what is queued, and lets the client be read if it may. */
        void proceed();
    }

    private final SessionServices services;
    private final Identity identity;
    private final Conversation conversation;
    private final Sender sender;
    private final Freshness freshness;
    private final Legs legs;
    private final HoldGate gate;
    private final Host host;
    private final EventExecutor loop;
    private final ByteBufAllocator allocator;
    private final ArrayDeque<Unit> pending = new ArrayDeque<>(2);
    private @Nullable HoldView admitted;
    private boolean opening;
    private int attempts;
    private int blinks;

    Dispatcher(
            SessionServices services,
            Identity identity,
            Conversation conversation,
            Freshness freshness,
            Host host,
            EventExecutor loop,
            ByteBufAllocator allocator) {
        this.services = services;
        this.identity = identity;
        this.conversation = conversation;
        this.freshness = freshness;
        this.host = host;
        this.loop = loop;
        this.allocator = allocator;
        this.sender = new Sender(conversation, allocator);
        this.legs = new Legs(services.legs(), identity, this);
        this.gate =
                new HoldGate(services.holds(), loop, services.protect().holds().noticeInterval(), new Gate());
    }

    Legs legs() {
        return legs;
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** Takes the next unit of the client. */
    void take(Unit unit) {
        pending.addLast(unit);
        attempts = 0;
        blinks = 0;
        advance();
    }

    /** Takes a unit that a follower could not answer; it runs on the primary, before anything behind it. */
    void again(Unit unit) {
        pending.addFirst(unit);
        attempts = MAX_ATTEMPTS; // no other follower
        advance();
    }

    /** Looks at the first pending unit again. */
    void advance() {
        while (!pending.isEmpty() && conversation.phase.phase() != Phase.CLOSED && !gate.isWaiting() && !opening) {
            Unit unit = pending.getFirst();
            if (!step(unit)) {
                return;
            }
        }
    }

    /** The client has sent a CancelRequest; false if nothing of it waits here. */
    boolean cancel() {
        if (gate.isWaiting()) {
            gate.cancel();
            return true;
        }
        return false;
    }

    void close(String why) {
        gate.abandon(why);
        if (admitted != null) {
            services.holds()
                    .executed(
                            admitted.id(),
                            new Outcome.Failed("57P01", "the session ended before it ran", Duration.ZERO));
            admitted = null;
        }
        pending.forEach(Unit::release);
        pending.clear();
        legs.close();
    }

    @Override
    public void legOpened(Leg leg) {
        opening = false;
        host.opened(leg);
        advance();
        host.proceed();
    }

    @Override
    public void legRefused(ErrorFields error) {
        opening = false;
        Unit unit = pending.peekFirst();
        if (unit != null) {
            // The server is there and says no to this user: that is the answer, but not the end of the session.
            refuse(unit, "upstream", error.withSeverity("ERROR"));
        }
        advance();
        host.proceed();
    }

    @Override
    public void legUnreachable(HostPort server, String why) {
        opening = false;
        services.upstream().suspect(server);
        attempts++;
        advance();
        host.proceed();
    }

    /** Brings the unit one step further; false if it now waits for something. */
    private boolean step(Unit unit) {
        if (conversation.phase.phase() == Phase.SKIPPING) {
            return skip(unit);
        }
        if (admitted != null) {
            return route(unit, admitted.request().rule());
        }
        ErrorReport objection = objection(unit);
        if (objection != null) {
            return whenSettled() && refuse(unit, "inspection", objection);
        }
        if (conversation.status() == TransactionStatus.FAILED && !Routing.controlsTransaction(unit.executed())) {
            return route(unit, "failed transaction"); // the server refuses everything
        }
        Verdict verdict =
                services.policy().decide(unit.executed(), host.requesters().now());
        return switch (verdict) {
            case Verdict.Forward(var rule) -> route(unit, rule);
            case Verdict.Refuse(var rule, var message) ->
                whenSettled()
                        && refuse(
                                unit,
                                rule,
                                ProxyError.REFUSED_BY_RULE.report(rule).withDetail(message));
            case Verdict.Hold hold -> whenSettled() && hold(unit, hold);
            case Verdict.Delay delay -> whenSettled() && hold(unit, delay);
        };
    }

    private static @Nullable ErrorReport objection(Unit unit) {
        if (unit.objection() != null) {
            return unit.objection();
        }
        for (StatementFacts statement : unit.executed()) {
            if (statement.effect() instanceof SessionEffect.Setting set) {
                String why = PinnedSettings.objection(set.name(), set.value());
                if (why != null) {
                    return ProxyError.CANNOT_INSPECT.report("afterwards, " + why);
                }
            }
        }
        return null;
    }

    /** Everything is discarded up to the Sync, which ends the unit that failed. */
    private boolean skip(Unit unit) {
        boolean ends = unit.messages().getLast() instanceof UnitMessage.Sync;
        drop(unit);
        Leg leg = conversation.active();
        if (ends && conversation.openRun() != null && leg != null) {
            sender.sync(leg, System.nanoTime());
            conversation.phase.on(FORWARD);
        } else if (ends) {
            host.answer(Answers.ready(allocator, conversation.status()));
            conversation.phase.on(ANSWER);
        }
        return true;
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
        if (active != null && conversation.inTransaction()) {
            return forward(unit, active, rule);
        }
        return switch (Routing.route(unit, situation())) {
            case Route.AfterReplies _ -> {
                await();
                yield false;
            }
            case Route.Nowhere(var missing) ->
                whenSettled()
                        && (waitsForServer()
                                || refuse(
                                        unit,
                                        "routing",
                                        ProxyError.NO_SERVER_REACHABLE
                                                .report(missing)
                                                .withDetail(services.upstream()
                                                        .topology()
                                                        .whyNoPrimary())));
            case Route.Primary _ -> withLeg(unit, LegRole.PRIMARY, primary(), rule);
            case Route.Follower follower -> withLeg(unit, LegRole.FOLLOWER, follower.server(), rule);
        };
    }

    /** A server that was lost sight of is mostly back at once; a client is not failed over a blink. */
    private boolean waitsForServer() {
        if (blinks == MAX_BLINKS) {
            return false;
        }
        blinks++;
        opening = true;
        conversation.phase.on(WAIT);
        loop.schedule(
                () -> {
                    opening = false;
                    advance();
                    host.proceed();
                },
                BLINK_MILLIS,
                TimeUnit.MILLISECONDS);
        return true;
    }

    private Routing.Situation situation() {
        Leg active = conversation.active();
        return new Routing.Situation(
                conversation.inTransaction(),
                !conversation.ledger.isEmpty(),
                active == null ? null : active.role(),
                conversation.pinned(),
                attempts >= MAX_ATTEMPTS ? null : follower(),
                primary(),
                services.upstreamConfig().fallback() == Fallback.PRIMARY || attempts >= MAX_ATTEMPTS);
    }

    private @Nullable HostPort primary() {
        HostPort known = services.upstream().topology().primary();
        Leg open = legs.get(LegRole.PRIMARY);
        return known != null || open == null ? known : open.server();
    }

    /** The follower that is open already if it is good enough, else the freshest. */
    private @Nullable HostPort follower() {
        long required = freshness.required();
        Topology topology = services.upstream().topology();
        Leg open = legs.get(LegRole.FOLLOWER);
        if (open != null) {
            for (Follower candidate : topology.followers()) {
                if (candidate.usable()
                        && candidate.address().equals(open.server())
                        && Lsn.covers(candidate.replayLsn(), required)) {
                    return open.server();
                }
            }
        }
        return topology.freshest(required).orElse(null);
    }

    private boolean withLeg(Unit unit, LegRole role, @Nullable HostPort server, String rule) {
        Leg leg = legs.get(role);
        if (leg != null && leg.server().equals(server)) {
            return forward(unit, leg, rule);
        }
        if (!whenSettled()) {
            return false;
        }
        if (server == null || attempts > MAX_ATTEMPTS + 1) {
            return refuse(unit, "routing", ProxyError.NO_SERVER_REACHABLE.report("primary"));
        }
        conversation.phase.on(WAIT);
        opening = true;
        Leg other = legs.get(role);
        if (other != null) {
            conversation.dropped(other);
        }
        legs.open(role, server);
        return false;
    }

    private boolean forward(Unit unit, Leg leg, String rule) {
        if (admitted == null
                && unit.statementClass().compareTo(StatementClass.WRITE) >= 0
                && !services.recorder().forwards(host.identity(), unit, rule, leg.role())) {
            return whenSettled() && refuse(unit, rule, ProxyError.AUDIT_UNAVAILABLE.report());
        }
        count(
                unit,
                leg.role() == LegRole.PRIMARY
                        ? io.holdfast.proxy.metrics.Route.PRIMARY
                        : io.holdfast.proxy.metrics.Route.FOLLOWER,
                VerdictKind.FORWARD);
        send(unit, leg);
        return true;
    }

    private void send(Unit unit, Leg leg) {
        pending.removeFirst();
        HoldView hold = admitted;
        admitted = null;
        Run run = sender.send(unit, leg, System.nanoTime());
        if (hold != null) {
            run.listener(new HeldRun(services.holds(), hold.id()));
        }
        conversation.phase.on(FORWARD);
    }

    private boolean hold(Unit unit, Verdict verdict) {
        if (unit.messages().stream().anyMatch(m -> m instanceof UnitMessage.Bind bind && bind.at() < 0)) {
            return refuse(
                    unit, verdict.rule(), ProxyError.CANNOT_INSPECT.report("its values are too large to be shown"));
        }
        Held held = Held.of(
                unit,
                verdict,
                identity,
                conversation,
                host.requesters(),
                services.protect().holds());
        count(unit, io.holdfast.proxy.metrics.Route.NONE, VerdictKind.HOLD);
        Optional<HoldView> granted = services.holds()
                .takeGrant(
                        identity.user(),
                        identity.person(),
                        identity.database(),
                        held.request().fingerprint())
                .flatMap(services.holds()::find);
        if (granted.isPresent()) {
            conversation.phase.on(HOLD);
            release(granted.get());
            return false;
        }
        if (held.mayWait()) {
            if (!gate.open(unit, held.request(), held.terms())) {
                return refuse(unit, verdict.rule(), ProxyError.TOO_MANY_HOLDS.report());
            }
            conversation.phase.on(HOLD);
            return false;
        }
        return services.holds()
                .openDetached(held.request(), held.terms())
                .map(ticket -> refuse(unit, verdict.rule(), ProxyError.NEEDS_APPROVAL.report(ticket.id())))
                .orElseGet(() -> refuse(unit, verdict.rule(), ProxyError.TOO_MANY_HOLDS.report()));
    }

    /** The audit first; then the unit goes its way like any other. */
    private void release(HoldView hold) {
        admitted = hold;
        attempts = 0;
        conversation.phase.on(WAIT);
        opening = true; // nothing moves until the record is on disk
        services.recorder()
                .releases(host.identity(), hold)
                .whenComplete((_, failure) -> loop.execute(() -> {
                    opening = false;
                    Unit unit = pending.peekFirst();
                    if (unit == null || conversation.phase.phase() == Phase.CLOSED) {
                        return;
                    }
                    if (failure != null) {
                        refuse(unit, hold.request().rule(), ProxyError.AUDIT_UNAVAILABLE.report());
                    }
                    advance();
                    host.proceed();
                }));
    }

    private boolean refuse(Unit unit, String rule, ErrorReport error) {
        services.recorder().refuses(host.identity(), unit, rule, error);
        return refuse(unit, rule, Answers.fields(error));
    }

    /**
     * Answers with an error in place of the unit. What the transaction has done before must not survive it, and what the client
     * sends behind it in the same unit must not run.
     */
    private boolean refuse(Unit unit, String rule, ErrorFields error) {
        count(unit, io.holdfast.proxy.metrics.Route.NONE, VerdictKind.REFUSE);
        if (admitted != null) {
            String code = error.code() == null ? "XX000" : error.code();
            String message = error.message() == null ? rule : error.message();
            services.holds().executed(admitted.id(), new Outcome.Failed(code, message, Duration.ZERO));
            admitted = null;
        }
        boolean complete = unit.complete();
        drop(unit);
        ByteBuf frame = Answers.error(allocator, error);
        Leg leg = conversation.active();
        if (leg != null && conversation.inTransaction()) {
            sender.poison(leg, new Poison(frame), complete, System.nanoTime());
            conversation.phase.on(complete ? FORWARD : SKIP);
            return true;
        }
        host.answer(frame);
        if (complete) {
            host.answer(Answers.ready(allocator, TransactionStatus.IDLE));
            conversation.phase.on(ANSWER);
        } else {
            conversation.phase.on(SKIP);
        }
        return true;
    }

    private void count(Unit unit, io.holdfast.proxy.metrics.Route route, VerdictKind verdict) {
        services.units().count(unit.statementClass(), route, verdict);
    }

    private void drop(Unit unit) {
        pending.remove(unit);
        unit.release();
    }

    /** Ends of a hold. */
    private final class Gate implements HoldGate.Handler {
        @Override
        public void released(Unit unit, HoldView hold) {
            release(hold);
        }

        @Override
        public void ended(Unit unit, ErrorReport error) {
            refuse(unit, "hold", error);
            advance();
            host.proceed();
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
    }
}
