package io.holdfast.loadtest.micro;

import io.holdfast.config.CiConfig;
import io.holdfast.protocol.scram.ScramKeys;
import io.holdfast.proxy.approval.ControlStore;
import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.approval.HoldClock;
import io.holdfast.proxy.approval.HoldDesk;
import io.holdfast.proxy.approval.HoldLimits;
import io.holdfast.proxy.approval.HoldLinks;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.RestorePoint;
import io.holdfast.proxy.approval.StoreChange;
import io.holdfast.proxy.approval.StoreUnavailableException;
import io.holdfast.proxy.approval.StoreView;
import io.holdfast.proxy.audit.AuditLog;
import io.holdfast.proxy.audit.HoldAudit;
import io.holdfast.proxy.ci.CiGuard;
import io.holdfast.proxy.ci.CiRules;
import io.holdfast.proxy.ci.Guard;
import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.policy.Policy;
import io.holdfast.proxy.session.AuditRecorder;
import io.holdfast.proxy.session.BackendKey;
import io.holdfast.proxy.session.FactsCache;
import io.holdfast.proxy.session.FollowerLoad;
import io.holdfast.proxy.session.Identity;
import io.holdfast.proxy.session.Leg;
import io.holdfast.proxy.session.LegRole;
import io.holdfast.proxy.session.Session;
import io.holdfast.proxy.session.SessionServices;
import io.holdfast.proxy.session.UserWrites;
import io.holdfast.proxy.statement.StatementClass;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A session of the real kind with its real services, between links that count bytes and throw them away. One primary, no follower. */
final class LoneSession {
    private static final long AUDIT_BYTES = 1 << 20;
    private static final Map<String, String> PARAMETERS =
            Map.of("in_hot_standby", "off", "TimeZone", "UTC", "application_name", "pgbench");

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Path auditFile = Files.createTempFile("holdfast-session-", ".jsonl");
    private final AuditLog audit;
    private final SinkLinks.Client client = new SinkLinks.Client();
    private final SinkLinks.Server server = new SinkLinks.Server();
    private final Session session;

    LoneSession() throws IOException {
        InstantSource clock = InstantSource.system();
        audit = AuditLog.open(auditFile, AUDIT_BYTES, clock);
        Meters meters = new Meters();
        SessionServices services = new SessionServices(
                Policy.of(MicroSettings.PROTECT),
                new FactsCache(meters),
                new BareCatalog(),
                new HoldDesk(
                        new HoldService(
                                new NoStore(),
                                MicroSettings.HOLDS.grantTtl(),
                                HoldLimits.DEFAULT,
                                HoldClock.system(),
                                (_, _) -> () -> {},
                                new Random(1),
                                List.of()),
                        Runnable::run),
                HoldLinks.NONE,
                new FreezeService(new NoStore(), HoldLimits.DEFAULT, HoldClock.system(), List.of()),
                _ -> CompletableFuture.completedFuture(new RestorePoint.None("nothing is held here")),
                _ -> CompletableFuture.completedFuture(Map.of()),
                new AuditRecorder(audit, new HoldAudit(audit, clock), meters, clock),
                new LonePrimary(),
                meters,
                meters.units(StatementClass.class),
                new SinkLinks.NoOpener(),
                new FollowerLoad(),
                new UserWrites(),
                new Guard(
                        new CiRules(CiConfig.DEFAULT),
                        new CiGuard(CiConfig.DEFAULT, MicroSettings.UPSTREAM.environment()),
                        new SilentDatabases(),
                        _ -> {}),
                MicroSettings.PROTECT,
                MicroSettings.UPSTREAM,
                MicroSettings.LIMITS,
                clock);
        Leg login = new Leg(LegRole.PRIMARY, MicroSettings.PRIMARY, server, new BackendKey(1, new byte[4]), PARAMETERS);
        session = new Session(
                services,
                new Identity(
                        "S-1",
                        "bench",
                        null,
                        "bench",
                        Map.of("application_name", "pgbench"),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 50000),
                        new ScramKeys(new byte[32], new byte[32], new byte[32])),
                client,
                channel.eventLoop(),
                PooledByteBufAllocator.DEFAULT,
                login,
                PARAMETERS);
    }

    /** A request comes in as one read, and its answer does. Both are read from their beginning, and can be used again. */
    void turn(ByteBuf request, ByteBuf answer) {
        session.clientBytes(request.readerIndex(0));
        session.clientReadComplete();
        server.events().bytes(answer.readerIndex(0));
        server.events().readComplete();
    }

    /** The same bytes to the same links, without a session. */
    void relay(ByteBuf request, ByteBuf answer) {
        server.write(request.readerIndex(0).retainedSlice());
        server.flush();
        client.write(answer.readerIndex(0).retainedSlice());
        client.flush();
    }

    /** In both directions, so far. */
    long bytesSent() {
        return client.bytes() + server.bytes();
    }

    void close() throws IOException {
        session.clientGone();
        channel.finishAndReleaseAll();
        audit.close();
        Files.delete(auditFile);
    }

    /** Only reads are measured: nothing is held, and no freeze stops them. */
    private static final class NoStore implements ControlStore {
        @Override
        public <T> T change(Function<StoreChange, T> action) {
            throw new StoreUnavailableException("there is none");
        }

        @Override
        public <T> T look(Function<StoreView, T> action) {
            throw new StoreUnavailableException("there is none");
        }

        @Override
        public boolean isShared() {
            return false;
        }
    }
}
