package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.WAIT;

import io.holdfast.config.HostPort;
import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.upstream.UpstreamState;
import io.netty.buffer.ByteBufAllocator;

/**
 * Takes the units of a session one after the other, and leads the first of them through its {@link Passage} whenever something has
 * happened that it may have waited for: more from the client, replies, a leg, a decision, a cancel.
 */
final class Dispatcher implements Legs.Handler {
    private final UpstreamState upstream;
    private final Conversation conversation;
    private final SessionHost host;
    private final Sender sender;
    private final Legs legs;
    private final Tries tries = new Tries();
    private final Admission admission;
    private final Inquiries inquiries;
    private final Pending pending;
    private final Refusals refusals;
    private final Progress progress;
    private final Passage passage;

    Dispatcher(
            SessionServices services,
            Identity identity,
            Conversation conversation,
            Freshness freshness,
            SessionHost host,
            SessionLoop loop,
            ByteBufAllocator allocator) {
        this.upstream = services.upstream();
        this.conversation = conversation;
        this.host = host;
        sender = new Sender(conversation, allocator);
        progress = new Progress(conversation, sender, host, loop, this::advance);
        legs = new Legs(services.legs(), identity, this);
        LegAlignment alignment = new LegAlignment(conversation, sender);
        LegChooser chooser =
                new LegChooser(upstream, services.load(), services.upstreamConfig(), conversation, freshness, legs);
        CatalogLook catalog = new CatalogLook(services.catalogs(), identity.database(), loop);
        conversation.onSchemaChange(catalog::changed);
        RowLook rows = new RowLook(services, conversation, host, loop);
        Judge judge = new Judge(services.policy(), conversation, host.requesters(), rows);
        inquiries = new Inquiries(conversation, sender, legs, chooser, tries, alignment, catalog, rows, progress);
        pending = new Pending(tries, alignment, inquiries);
        admission = new Admission(
                services, conversation, loop, host, progress, new Notices(host, allocator), new Admitting());
        refusals = new Refusals(services, conversation, sender, legs, admission, pending, host, allocator);
        Forwarding forwarding = new Forwarding(
                services, conversation, sender, alignment, rows, admission, pending, refusals, progress, host);
        Router router =
                new Router(upstream, conversation, judge, legs, chooser, tries, forwarding, refusals, progress, host);
        passage = new Passage(
                services,
                conversation,
                legs,
                catalog,
                judge,
                tries,
                inquiries,
                admission,
                pending,
                refusals,
                router,
                progress,
                host,
                allocator);
    }

    Legs legs() {
        return legs;
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** Waits for the replies that are due. */
    void await() {
        progress.await();
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
        pending.add(unit);
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
        pending.again(unit);
        advance();
    }

    /** Looks at the first pending unit again. */
    void advance() {
        Unit unit = pending.first();
        while (unit != null
                && conversation.phase.phase() != Phase.CLOSED
                && !admission.isWaiting()
                && !progress.isSuspended()
                && passage.step(unit)) {
            unit = pending.first();
        }
    }

    /** The client has sent a CancelRequest; false if nothing that it could mean waits here. */
    boolean cancel() {
        if (admission.isWaiting()) {
            admission.cancel();
            return true;
        }
        Unit unit = pending.first();
        if (unit == null || !host.settled()) {
            return false;
        }
        boolean counting = inquiries.abandon();
        refusals.cancel(unit);
        if (counting) {
            progress.goOn(); // nobody else will call
        } else {
            host.proceed();
        }
        return true;
    }

    void close(String why) {
        admission.close(why);
        inquiries.abandon();
        pending.clear();
        legs.close();
    }

    @Override
    public void legOpened(Leg leg) {
        host.opened(leg);
        progress.goOn();
    }

    @Override
    public void legRefused(ErrorFields error) {
        Unit unit = pending.first();
        if (unit != null) {
            // The server is there and says no to this user: that is the answer, but not the end of the session.
            refusals.unserved(unit, "upstream", error.withSeverity("ERROR"));
        }
        progress.goOn();
    }

    @Override
    public void legUnreachable(HostPort server, String why) {
        upstream.suspect(server);
        tries.legFailed();
        progress.goOn();
    }

    /** What the admission needs. */
    private final class Admitting implements Admission.Host {
        @Override
        public void refuse(Unit unit, String rule, ErrorReport error) {
            refusals.refuse(unit, rule, error);
            progress.goOn();
        }

        @Override
        public void stop(String rule, ErrorReport error) {
            Unit unit = pending.first();
            if (unit != null) {
                refusals.refuse(unit, rule, error);
            }
        }

        @Override
        public void takeBack() {
            cancel();
        }
    }
}
