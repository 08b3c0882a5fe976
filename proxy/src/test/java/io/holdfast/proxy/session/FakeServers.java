package io.holdfast.proxy.session;

import io.holdfast.config.HostPort;
import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.protocol.trace.TraceFormat;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The servers of a script: connections open at once, or when the script says so. */
final class FakeServers implements LegOpener {
    static final HostPort PRIMARY = new HostPort("primary", 5432);
    static final HostPort FOLLOWER = new HostPort("follower", 5432);

    private record Opening(HostPort server, Opened then) {}

    private final Map<LegRole, Lane> lanes = new EnumMap<>(LegRole.class);
    private final Map<LegRole, FakeLeg> legs = new EnumMap<>(LegRole.class);
    private final Map<LegRole, Opening> openings = new EnumMap<>(LegRole.class);
    private final ByteBufAllocator allocator;
    private final EventExecutor loop;
    private final boolean atOnce;
    private final Deque<Runnable> cancels = new ArrayDeque<>();
    private boolean cancelsSlowly;

    FakeServers(ByteBufAllocator allocator, EventExecutor loop, boolean atOnce) {
        this.allocator = allocator;
        this.loop = loop;
        this.atOnce = atOnce;
        for (LegRole role : LegRole.values()) {
            lanes.put(role, new Lane(TraceFormat::frontend));
        }
    }

    Lane lane(LegRole role) {
        return Objects.requireNonNull(lanes.get(role));
    }

    FakeLeg leg(LegRole role) {
        return Objects.requireNonNull(legs.get(role), () -> "no connection to the " + role);
    }

    /** A connection as after a login. */
    Leg connect(LegRole role, HostPort server) {
        FakeLeg link = new FakeLeg(lane(role), allocator);
        FakeLeg before = legs.put(role, link);
        if (before != null) {
            before.release();
        }
        String standby = role == LegRole.FOLLOWER ? "on" : "off";
        return new Leg(
                role,
                server,
                link,
                new BackendKey(role == LegRole.PRIMARY ? 1 : 2, new byte[4]),
                Map.of("in_hot_standby", standby, "TimeZone", "UTC", "application_name", "psql"));
    }

    @Override
    public void open(HostPort server, LegRole role, Identity identity, Opened then) {
        lane(role).says("Connect");
        openings.put(role, new Opening(server, then));
        if (atOnce) {
            loop.execute(() -> opens(role));
        }
    }

    void opens(LegRole role) {
        Opening opening = opening(role);
        opening.then.opened(connect(role, opening.server));
    }

    void refuses(LegRole role, String code, String message) {
        opening(role).then.refused(ErrorFields.of("FATAL", code, message));
    }

    void unreachable(LegRole role) {
        opening(role).then.unreachable("connection refused");
    }

    @Override
    public void cancel(HostPort server, BackendKey key, Runnable done) {
        lane(key.processId() == 1 ? LegRole.PRIMARY : LegRole.FOLLOWER).says("Cancel");
        if (cancelsSlowly) {
            cancels.add(done);
        } else {
            done.run();
        }
    }

    /** From now on a CancelRequest takes its time, until {@link #cancelsArrive}. */
    void cancelsSlowly() {
        cancelsSlowly = true;
    }

    void cancelsArrive() {
        cancelsSlowly = false;
        for (Runnable done = cancels.poll(); done != null; done = cancels.poll()) {
            done.run();
        }
    }

    void release() {
        legs.values().forEach(FakeLeg::release);
        lanes.values().forEach(Lane::release);
    }

    private Opening opening(LegRole role) {
        return Objects.requireNonNull(openings.remove(role), () -> "nobody connects to the " + role);
    }
}
