package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.SessionEvent.SKIP;
import static io.holdfast.proxy.session.SessionEvent.WAIT;

import io.holdfast.protocol.frame.ProtocolViolation;
import io.holdfast.protocol.message.TransactionStatus;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.metrics.Meters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session's servers, seen from the client: relays what they send, keeps what they send out of turn until it can be put between
 * two frames, and notices what the session must act on.
 */
final class ServerSide {
    /** Notifications and notices of ours kept back while a frame is under way. */
    private static final int MAX_INTERJECTED_BYTES = 1 << 20;

    /** What the session is told; called between frames, when something may be written. */
    interface Host {
        /** The client's application has given itself another name, as many drivers do after login. */
        void applicationNamed(String name);

        /** Replies have moved on. */
        void moved();

        /** The connection of a leg has ended; {@code boundary}: not in the middle of a frame. */
        void lost(Leg leg, boolean boundary);

        /** The session cannot go on. */
        void fail(ErrorReport why);

        /** The read batch of a leg is over. */
        void flush();
    }

    private final Conversation conversation;
    private final ClientLink client;
    private final Host host;
    private final Meters meters;
    private final FollowerLoad load;
    private final IdentityHashMap<Leg, ReplyRelay> relays = new IdentityHashMap<>(2);
    private final ArrayDeque<ByteBuf> interjected = new ArrayDeque<>();
    private final ToldParameters told;
    private final ByteBufAllocator allocator;
    private int interjectedBytes;
    private boolean clientWasTold;

    /** The client was left in the middle of a frame whose rest will never come. */
    private boolean cutOff;

    private @Nullable ErrorReport failure;
    private @Nullable Unit retry;

    /** @param told the ParameterStatus values that the client was sent so far */
    ServerSide(
            Conversation conversation,
            ClientLink client,
            Map<String, String> told,
            Meters meters,
            FollowerLoad load,
            ByteBufAllocator allocator,
            Host host) {
        this.conversation = conversation;
        this.client = client;
        this.told = new ToldParameters(told);
        this.allocator = allocator;
        this.meters = meters;
        this.load = load;
        this.host = host;
    }

    /** Relays what the leg's server sends from now on. */
    void attach(Leg leg) {
        ReplyRelay relay = new ReplyRelay(leg, conversation, new Relayed());
        relays.put(leg, relay);
        meters.upstreamConnected(leg.role().meter());
        if (leg.role() == LegRole.FOLLOWER) {
            load.opened(leg.server());
        }
        leg.link().attach(new Events(leg, relay));
    }

    /** The ParameterStatus values that the client was told last; live. */
    Map<String, String> told() {
        return told.values();
    }

    /** Whether a server has already told the client why the connection ends. */
    boolean clientWasTold() {
        return clientWasTold;
    }

    /** Whether frames of ours may be put behind what was relayed. */
    boolean atBoundary() {
        Leg active = conversation.active();
        ReplyRelay relay = active == null ? null : relays.get(active);
        return !cutOff && (relay == null || relay.atBoundary());
    }

    /** The unit that the follower could not answer, and whose end has been reached; null: none. */
    @Nullable
    Unit takeRetry() {
        Unit unit = retry;
        retry = null;
        return unit;
    }

    /** Puts a frame of ours between two of a server's, at once or when it can be; nothing if that may take too long. */
    void interject(ByteBuf frame) {
        if (isOver() || cutOff || interjectedBytes + frame.readableBytes() > MAX_INTERJECTED_BYTES) {
            frame.release();
            return;
        }
        interjectedBytes += frame.readableBytes();
        interjected.add(frame);
        sendInterjected();
    }

    /** Sends what was kept back. */
    void sendInterjected() {
        if (atBoundary()) {
            for (ByteBuf frame = interjected.poll(); frame != null; frame = interjected.poll()) {
                client.write(frame);
            }
            interjectedBytes = 0;
        }
    }

    void close() {
        Unit unit = takeRetry();
        if (unit != null) {
            unit.release();
        }
        relays.values().forEach(ReplyRelay::close);
        interjected.forEach(ByteBuf::release);
        interjected.clear();
    }

    private boolean isOver() {
        return conversation.phase.phase() == Phase.CLOSED;
    }

    /** What a relay tells while frames are under way: noted here, acted on when they are through. */
    private final class Relayed implements ReplyRelay.Handler {
        @Override
        public void relay(ByteBuf run) {
            client.write(run);
            if (!client.isWritable()) {
                client.flush();
            }
        }

        @Override
        public void interject(ByteBuf frame) {
            interjectedBytes += frame.readableBytes();
            if (interjectedBytes > MAX_INTERJECTED_BYTES) {
                failure = ProxyError.UPSTREAM_LOST.report().withDetail("too many notifications");
            } else {
                interjected.add(frame.copy());
            }
        }

        @Override
        public void ready(Leg leg, @Nullable Run run, TransactionStatus status) {
            conversation.ready(run, status, System.nanoTime());
        }

        @Override
        public boolean parameter(Leg leg, String name, String value) {
            String objection = PinnedSettings.objection(name, value);
            if (objection != null) {
                failure = ProxyError.PROTOCOL_VIOLATION.report(objection); // it has changed behind our back
            }
            if (conversation.active() != leg) {
                return false;
            }
            boolean changed = told.changes(leg, name, value);
            if (changed && name.equals("application_name")) {
                host.applicationNamed(value);
            }
            return changed;
        }

        @Override
        public void skips() {
            conversation.phase.on(SKIP);
        }

        @Override
        public void retrying() {
            if (conversation.phase.phase() == Phase.RUNNING) {
                conversation.phase.on(WAIT);
            }
        }

        @Override
        public void retries(Unit unit) {
            retry = unit;
        }

        @Override
        public void dying(Leg leg, boolean told) {
            clientWasTold |= told;
            leg.saidGoodbye();
        }

        @Override
        public void mirrorFailed(Leg leg, String message) {
            if (leg.role() == LegRole.PRIMARY) { // nowhere is the session as its client believes it to be
                failure = ProxyError.UPSTREAM_LOST.report().withDetail("settings could not be mirrored: " + message);
            }
            conversation.pin("settings could not be mirrored: " + message);
        }

        @Override
        public @Nullable ByteBuf news(Leg leg) {
            return told.news(leg, allocator);
        }
    }

    /** What net tells of one leg. */
    private final class Events implements LegEvents {
        private final Leg leg;
        private final ReplyRelay relay;

        Events(Leg leg, ReplyRelay relay) {
            this.leg = leg;
            this.relay = relay;
        }

        @Override
        public void bytes(ByteBuf in) {
            if (isOver()) {
                in.skipBytes(in.readableBytes());
                return;
            }
            try {
                relay.read(in);
            } catch (ProtocolViolation violation) {
                in.skipBytes(in.readableBytes());
                failure = ProxyError.UPSTREAM_LOST.report().withDetail(String.valueOf(violation.getMessage()));
            }
            if (failure != null) {
                host.fail(failure);
                return;
            }
            if (!client.isWritable()) {
                leg.link().read(false);
            }
            host.moved();
        }

        @Override
        public void readComplete() {
            host.flush();
        }

        @Override
        public void writable(boolean writable) {
            client.read(writable);
        }

        @Override
        public void gone() {
            meters.upstreamDisconnected(leg.role().meter());
            if (leg.role() == LegRole.FOLLOWER) {
                load.closed(leg.server());
            }
            relays.remove(leg);
            relay.close();
            if (!isOver()) {
                cutOff |= conversation.active() == leg && !relay.atBoundary();
                client.read(true); // a server that took nothing may have been what it waited for
                host.lost(leg, relay.atBoundary());
            }
        }
    }
}
