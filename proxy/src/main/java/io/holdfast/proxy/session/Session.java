package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.GONE;
import static io.holdfast.proxy.session.SessionEvent.REPLIES_DONE;
import static io.holdfast.proxy.session.SessionEvent.RESUME;

import io.holdfast.config.HostPort;
import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.message.FrontendTag;
import io.holdfast.protocol.message.TransactionStatus;
import io.holdfast.proxy.approval.Freeze;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.policy.Requester;
import io.holdfast.proxy.statement.StatementClass;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection and all it owns. Everything happens on one event loop, which the client's channel and the legs share: no
 * locks, no hand-overs.
 *
 * <p>Bytes come in from the client ({@link #clientBytes}) and from the legs; what may leave is queued on the links and sent at the
 * end of a read batch.
 */
public final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final String TERMINATED = "the client terminated";

    private final SessionServices services;
    private final ClientLink client;
    private final SessionLoop loop;
    private final ByteBufAllocator allocator;
    private final Conversation conversation;
    private final Dispatcher dispatcher;
    private final FrontendReader reader;
    private final ServerSide servers;
    private final Instant since = Instant.now();
    private volatile Identity identity;

    /** The client has said goodbye behind requests that are still to be answered. */
    private boolean leaving;

    /**
     * A session whose client has been sent everything up to its first ReadyForQuery.
     *
     * @param login the leg over which the login went
     * @param told the ParameterStatus values that the client was sent
     */
    public Session(
            SessionServices services,
            Identity identity,
            ClientLink client,
            EventExecutor loop,
            ByteBufAllocator allocator,
            Leg login,
            Map<String, String> told) {
        this.services = services;
        this.identity = identity;
        this.client = client;
        this.loop = new SessionLoop(loop, this::crashed);
        this.allocator = allocator;
        Freshness freshness = new Freshness(
                services.upstreamConfig().consistency(),
                services.upstream()::insertLsnAfter,
                services.writes(),
                identity.user());
        this.conversation = new Conversation(freshness, ChangedSettings.atLogin(identity));
        this.servers = new ServerSide(
                conversation, client, told, services.meters(), services.load(), allocator, new Servers());
        this.dispatcher = new Dispatcher(services, identity, conversation, freshness, new Host(), this.loop, allocator);
        this.reader = new FrontendReader(
                new Client(),
                new UnitReader(
                        conversation.names,
                        services.facts(),
                        () -> services.catalogs().current(identity.database()),
                        dispatcher::await),
                services.limits().inspectBytes());
        dispatcher.legs().add(login);
        servers.attach(login);
    }

    /** For SHOW SESSIONS. From any thread: what it tells may be a moment old. */
    public SessionSummary summary() {
        Identity now = identity;
        return new SessionSummary(
                now,
                conversation.phase.phase().name().toLowerCase(Locale.ROOT),
                since,
                services.guard().rules().recognise(now.caller()));
    }

    /** Bytes from the client; what is not consumed must come again, with more behind it or after {@link ClientLink#resumeLater}. */
    public void clientBytes(ByteBuf in) {
        try {
            reader.read(in);
        } catch (ProtocolViolation violation) {
            fail(ProxyError.PROTOCOL_VIOLATION.report(String.valueOf(violation.getMessage())));
            in.skipBytes(in.readableBytes());
        }
    }

    /** The client's read batch is over: what was queued is sent. */
    public void clientReadComplete() {
        flush();
    }

    /** Whether more bytes may change anything; if not, the client need not be read. */
    public boolean reads() {
        return !leaving && conversation.phase.reads();
    }

    /** The client takes bytes fast enough again, or does not any more. */
    public void clientWritable(boolean writable) {
        dispatcher.legs().all().forEach(leg -> leg.link().read(writable));
    }

    /** The client is gone: nothing of what it asked for runs any more, except what is running. */
    public void clientGone() {
        Leg leg = conversation.active();
        Run run = conversation.running();
        if (leg != null && run != null && run.statementClass() == StatementClass.READ) {
            // Nobody reads what it finds. A write goes on, as on a direct connection.
            services.legs().cancel(leg.server(), leg.key(), () -> {});
        }
        close("the client disconnected");
    }

    /** A CancelRequest with this session's key has come. From any thread; {@code done} is called when it is dealt with. */
    public void cancel(Runnable done) {
        loop.execute(() -> {
            Leg leg = conversation.active();
            if (!dispatcher.cancel() && leg != null && !conversation.ledger.isEmpty()) {
                services.legs().cancel(leg.server(), leg.key(), done);
            } else {
                done.run();
            }
            flush();
        });
    }

    /**
     * These hosts hang, and will not say so to anybody. A read that one of them has had no answer to is asked of the primary. What has
     * been sent to a primary waits: whether it took effect is not known, and the primary may go on. From any thread.
     */
    public void hostsSilent(Set<HostPort> hosts) {
        loop.execute(() -> {
            Leg leg = conversation.active();
            Run run = conversation.running();
            if (leg != null
                    && leg.role() == LegRole.FOLLOWER
                    && hosts.contains(leg.server())
                    && !conversation.ledger.isEmpty()
                    && (run == null || run.mayRetry())) {
                leg.link().close();
            }
        });
    }

    /**
     * Writes are to end at once: a session that is writing in a frozen database is ended, which rolls its transaction back. From any
     * thread.
     */
    public void cut(Freeze freeze) {
        loop.execute(() -> {
            Leg leg = conversation.active();
            if (leg == null || !freeze.covers(identity.database()) || !conversation.isWriting()) {
                return;
            }
            services.legs().cancel(leg.server(), leg.key(), () -> {}); // a backend that works sees no closed connection
            fail(ProxyError.FROZEN_CUT.report().withDetail(FreezeGate.detail(freeze)));
        });
    }

    /** Whether it is the client's turn, and no transaction is open: the time that idle_session_timeout of a server counts. */
    public boolean isIdle() {
        return conversation.phase.phase() == Phase.IDLE && settled() && !conversation.inTransaction();
    }

    /** The client has been idle for too long. */
    public void endIdle() {
        fail(ProxyError.IDLE_SESSION_TIMEOUT.report());
    }

    /** The proxy stops. From any thread. */
    public void shutdown() {
        loop.execute(() -> fail(ProxyError.ADMIN_SHUTDOWN.report()));
    }

    /** A mistake of ours: what state the session is in is not known, so nothing of it goes on. The closed channel ends the rest. */
    private void crashed(Throwable cause) {
        LOG.error("session {} failed", identity.session(), cause);
        client.close();
    }

    /** Tells the client why, if it can still be told, and ends everything. */
    private void fail(ErrorReport why) {
        if (conversation.phase.phase() == Phase.CLOSED) {
            return;
        }
        if (!servers.clientWasTold() && servers.atBoundary()) {
            client.write(Answers.error(allocator, why));
        }
        close(why.message());
    }

    private void close(String why) {
        if (conversation.phase.phase() == Phase.CLOSED) {
            return;
        }
        conversation.phase.on(GONE);
        dispatcher.close(why);
        conversation.lost();
        reader.close();
        servers.close();
        client.flush();
        client.close();
    }

    private void flush() {
        for (Leg leg : dispatcher.legs().all()) {
            leg.link().flush();
        }
        client.flush();
    }

    private boolean settled() {
        return conversation.ledger.isEmpty() && servers.atBoundary();
    }

    /** Called whenever replies have moved on. */
    private void afterReplies() {
        if (conversation.phase.phase() == Phase.CLOSED) {
            return;
        }
        servers.sendInterjected();
        try {
            dispatcher.copyGoesOn();
        } catch (ProtocolViolation violation) {
            fail(ProxyError.PROTOCOL_VIOLATION.report(String.valueOf(violation.getMessage())));
            return;
        }
        if (leaving && !conversation.owesAnswers() && !dispatcher.hasPending()) {
            close(TERMINATED);
            return;
        }
        if (!settled()) {
            return;
        }
        conversation.phase.on(REPLIES_DONE);
        Unit again = servers.takeRetry();
        if (again != null) {
            dispatcher.again(again);
        } else if (dispatcher.hasPending()) {
            dispatcher.advance();
        } else if (conversation.phase.phase() == Phase.WAITING) {
            conversation.phase.on(RESUME);
        }
        if (reads()) {
            client.resumeLater();
        }
    }

    /** The connection of a leg has ended. */
    private void lost(Leg leg, boolean boundary) {
        if (!dispatcher.legs().remove(leg)) {
            return; // closed by us, for one on another server
        }
        if (!leg.hasSaidGoodbye()) {
            services.upstream().suspect(leg.server());
        }
        if (leg.role() == LegRole.PRIMARY) {
            failAfter(leg == conversation.active() ? boundary : servers.atBoundary());
        } else if (conversation.active() == leg) {
            lostFollower(leg, boundary);
        }
    }

    /** The client is told what happened unless half a frame has gone to it, of which the message would become a part. */
    private void failAfter(boolean boundary) {
        ErrorReport why = ProxyError.UPSTREAM_LOST.report();
        if (boundary) {
            fail(why);
        } else {
            close(why.message());
        }
    }

    /** What it was asked is asked of the primary if nothing of an answer has been sent; else the client is told. */
    private void lostFollower(Leg leg, boolean boundary) {
        Run run = conversation.running();
        int due = conversation.ledger.readyDue();
        Unit again = run == null || due != 1 ? null : run.takeRetry();
        // Nothing of a transaction may go on elsewhere as if it had not begun, nor anything as if a setting had not
        // been made.
        boolean open = conversation.inTransaction() || conversation.decidesWhatFollows();
        conversation.lost();
        conversation.dropped(leg);
        if (again == null && (open || (due > 0 && !boundary))) {
            failAfter(boundary);
            return;
        }
        if (again != null) {
            dispatcher.again(again);
        } else {
            for (int i = 0; i < due; i++) {
                client.write(Answers.error(allocator, ProxyError.NO_SERVER_REACHABLE.report("follower")));
                client.write(Answers.ready(allocator, TransactionStatus.IDLE));
            }
        }
        afterReplies();
        flush();
    }

    /** What the reader asks and tells. */
    private final class Client implements FrontendReader.Handler {
        @Override
        public boolean reads() {
            return Session.this.reads();
        }

        @Override
        public boolean skips() {
            return conversation.phase.phase() == Phase.SKIPPING;
        }

        @Override
        public void unit(Unit unit) {
            dispatcher.take(unit);
        }

        @Override
        public boolean copies(FrontendTag tag) {
            if (!conversation.ledger.mayReadCopyData()) {
                return false;
            }
            if (tag != FrontendTag.COPY_DATA) {
                conversation.ledger.copyEnded();
            }
            return true;
        }

        @Override
        public void forward(ByteBuf run) {
            Leg leg = conversation.active();
            if (leg == null) {
                run.release();
            } else {
                leg.link().write(run);
                if (!leg.link().isWritable()) {
                    leg.link().flush();
                }
            }
        }

        @Override
        public void terminates() {
            if (conversation.owesAnswers()) {
                leaving = true; // the server answers what was asked before, and so do we
            } else {
                close(TERMINATED);
            }
        }
    }

    /** What the dispatcher and its parts need. */
    private final class Host implements SessionHost {
        private final Requesters requesters = () -> new Requester(
                identity.user(),
                identity.person(),
                identity.database(),
                identity.application(),
                identity.address().getAddress(),
                services.guard()
                        .guard()
                        .environment(services.guard().databases().latest(identity.database())),
                identity.certificate(),
                services.policy().hasHours() ? services.clock().instant() : Instant.EPOCH);

        @Override
        public Identity identity() {
            return identity;
        }

        @Override
        public Requesters requesters() {
            return requesters;
        }

        @Override
        public Map<String, String> parameters() {
            return servers.told();
        }

        @Override
        public void answer(ByteBuf frames) {
            client.write(frames);
        }

        @Override
        public boolean settled() {
            return Session.this.settled();
        }

        @Override
        public void lostState() {
            fail(ProxyError.UPSTREAM_LOST.report());
        }

        @Override
        public void turnAway(ErrorReport why) {
            fail(why);
        }

        @Override
        public void opened(Leg leg) {
            servers.attach(leg);
        }

        @Override
        public void interject(ByteBuf frame) {
            servers.interject(frame);
            client.flush();
        }

        @Override
        public void proceed() {
            if (conversation.phase.reads()) {
                client.resumeLater();
            }
            flush();
        }
    }

    /** What the servers' side tells. */
    private final class Servers implements ServerSide.Host {
        @Override
        public void applicationNamed(String name) {
            identity = identity.withApplication(name);
        }

        @Override
        public void moved() {
            afterReplies();
        }

        @Override
        public void lost(Leg leg, boolean boundary) {
            Session.this.lost(leg, boundary);
        }

        @Override
        public void fail(ErrorReport why) {
            Session.this.fail(why);
        }

        @Override
        public void flush() {
            Session.this.flush();
        }
    }
}
