package io.holdfast.proxy.net;

import io.holdfast.config.AuditConfig;
import io.holdfast.config.HoldfastConfig;
import io.holdfast.config.HostPort;
import io.holdfast.config.Limits;
import io.holdfast.config.Peering;
import io.holdfast.config.Protect;
import io.holdfast.config.Upstream;
import io.holdfast.config.UpstreamTls;
import io.holdfast.protocol.message.ErrorFields;
import io.holdfast.protocol.scram.ScramVerifier;
import io.holdfast.protocol.trace.TraceFormat;
import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.approval.HoldClock;
import io.holdfast.proxy.approval.HoldDesk;
import io.holdfast.proxy.approval.HoldLimits;
import io.holdfast.proxy.approval.HoldLinks;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.MemoryStore;
import io.holdfast.proxy.approval.People;
import io.holdfast.proxy.approval.RestorePoint;
import io.holdfast.proxy.audit.AuditLog;
import io.holdfast.proxy.audit.HoldAudit;
import io.holdfast.proxy.console.Console;
import io.holdfast.proxy.console.ConsoleSources;
import io.holdfast.proxy.console.Known;
import io.holdfast.proxy.impact.Impact;
import io.holdfast.proxy.insight.Insight;
import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.policy.Policy;
import io.holdfast.proxy.session.AuditRecorder;
import io.holdfast.proxy.session.BackendKey;
import io.holdfast.proxy.session.CancelKeys;
import io.holdfast.proxy.session.FactsCache;
import io.holdfast.proxy.session.FollowerLoad;
import io.holdfast.proxy.session.Identity;
import io.holdfast.proxy.session.LegOpener;
import io.holdfast.proxy.session.LegRole;
import io.holdfast.proxy.session.SessionServices;
import io.holdfast.proxy.session.UserWrites;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.testing.FixedCatalog;
import io.holdfast.proxy.testing.Guards;
import io.holdfast.proxy.upstream.Topology;
import io.holdfast.proxy.upstream.UpstreamState;
import io.holdfast.proxy.upstream.VerifierLookup;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client channel as the proxy's listener makes it, up to the point where a server would be connected to. */
final class Door implements AutoCloseable {
    private final Guards guards = new Guards();
    static final String PASSWORD = "geheim";
    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
    static final int MAX_CLIENTS = 1;

    private static final String VERIFIER =
            ScramVerifier.forPassword(PASSWORD, new byte[16], 4096).encoded();

    final CancelKeys cancelKeys = new CancelKeys();
    final Clients clients;
    final Handshakes handshakes = new Handshakes(1);
    /** Who reached a server, as {@code user@database}. */
    final List<String> entered = new ArrayList<>();

    private final Limits limits;
    private final CompletableFuture<VerifierLookup> verifier = new CompletableFuture<>();
    private final AuditLog audit;
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ByteBuf received = Unpooled.buffer();

    Door(Path folder, TlsContexts.@Nullable Server tls) throws IOException {
        this(folder, tls, new Limits(MAX_CLIENTS, HANDSHAKE_TIMEOUT, 1 << 20));
    }

    Door(Path folder, TlsContexts.@Nullable Server tls, Limits limits) throws IOException {
        this.limits = limits;
        clients = new Clients(limits);
        audit = AuditLog.open(folder.resolve("audit.jsonl"), Long.MAX_VALUE, InstantSource.system());
        channel.freezeTime();
        channel.pipeline().addLast(new InitialHandler(gateway(folder, tls)));
        channel.pipeline().fireChannelActive(); // an embedded channel is active before it has handlers
    }

    /** The verifier of every user is there. */
    void verifierArrives() {
        verifier.complete(new VerifierLookup.Found(VERIFIER));
        channel.runPendingTasks();
    }

    void sends(Consumer<ByteBuf> writer) {
        ByteBuf bytes = channel.alloc().buffer();
        writer.accept(bytes);
        channel.writeInbound(bytes);
        channel.runPendingTasks();
    }

    void sendsBytewise(Consumer<ByteBuf> writer) {
        ByteBuf all = Unpooled.buffer();
        writer.accept(all);
        while (all.isReadable()) {
            byte next = all.readByte();
            sends(out -> out.writeByte(next));
        }
    }

    void passes(Duration time) {
        channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** One byte that is no frame, as after SSLRequest; 0: none. */
    char letter() {
        collect();
        return received.isReadable() ? (char) received.readByte() : 0;
    }

    /** The next frame as a line; empty: none. */
    String frame() {
        collect();
        if (received.readableBytes() < 5) {
            return "";
        }
        return TraceFormat.backend(received.readSlice(1 + received.getInt(received.readerIndex() + 1)));
    }

    /** The body behind the code of an authentication request. */
    byte[] authentication() {
        collect();
        ByteBuf frame = received.readSlice(1 + received.getInt(received.readerIndex() + 1));
        return ByteBufUtil.getBytes(frame, frame.readerIndex() + 9, frame.readableBytes() - 9);
    }

    String rest() {
        collect();
        return received.readCharSequence(received.readableBytes(), StandardCharsets.ISO_8859_1)
                .toString();
    }

    @Override
    public void close() {
        channel.close();
        channel.finishAndReleaseAll();
        audit.close();
    }

    private void collect() {
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            received.writeBytes(out);
            out.release();
        }
    }

    private Gateway gateway(Path folder, TlsContexts.@Nullable Server tls) throws IOException {
        Upstream upstream = new Upstream(
                Upstream.Environment.LOCAL,
                List.of(new HostPort("primary", 5432)),
                new UpstreamTls(UpstreamTls.Mode.DISABLE, null),
                new Upstream.Account("holdfast", "", "postgres"),
                Upstream.DEFAULT_AUTH_QUERY,
                Duration.ofSeconds(5),
                Upstream.Fallback.PRIMARY,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5));
        Duration minute = Duration.ofMinutes(1);
        Protect protect = new Protect(
                Protect.Preset.GUARDRAIL, List.of(), new Protect.Holds(2, minute, minute, minute, minute, minute));
        HoldfastConfig config = new HoldfastConfig(
                new HostPort("127.0.0.1", 0),
                null,
                upstream,
                protect,
                List.of(),
                new AuditConfig(folder.resolve("audit.jsonl"), AuditConfig.DEFAULT_ROTATE_BYTES),
                null,
                limits);
        HoldService holds = new HoldService(
                new MemoryStore(InstantSource.system()),
                minute,
                HoldLimits.DEFAULT,
                HoldClock.system(),
                (_, _) -> () -> {},
                new Random(1),
                List.of());
        FreezeService freezes = new FreezeService(
                new MemoryStore(InstantSource.system()), HoldLimits.DEFAULT, HoldClock.system(), List.of());
        Meters meters = new Meters();
        SessionServices services = new SessionServices(
                Policy.of(protect),
                new FactsCache(meters),
                new FixedCatalog(),
                new HoldDesk(holds, Runnable::run),
                HoldLinks.NONE,
                freezes,
                _ -> CompletableFuture.completedFuture(new RestorePoint.None("not asked")),
                _ -> CompletableFuture.completedFuture(Map.of()),
                new AuditRecorder(audit, new HoldAudit(audit, InstantSource.system()), meters, InstantSource.system()),
                new OnePrimary(),
                meters,
                meters.units(StatementClass.class),
                new Refusing(),
                new FollowerLoad(),
                new UserWrites(),
                guards.guard(upstream.environment()),
                protect,
                upstream,
                limits,
                InstantSource.system());
        Console console = new Console(
                holds,
                freezes,
                new ConsoleSources(List::of, List::of, List::of, "test"),
                hold -> new Known(new Insight.None("not asked"), new Impact.None("not asked")));
        return new Gateway(
                config,
                services,
                _ -> verifier,
                new People(List.of()),
                console,
                Runnable::run,
                cancelKeys,
                new CancelDesk(cancelKeys, Peering.NONE, loop -> {
                    throw new AssertionError("there are no peers");
                }),
                clients,
                handshakes,
                () -> "nonce",
                new byte[32],
                tls);
    }

    /** Servers that say no, so that a test sees who came as far as this. */
    private final class Refusing implements LegOpener {
        @Override
        public void open(HostPort server, LegRole role, Identity identity, Opened then) {
            entered.add(identity.user() + '@' + identity.database() + ' ' + identity.parameters());
            then.refused(ErrorFields.of("FATAL", "53300", "sorry, too many clients already"));
        }

        @Override
        public void cancel(HostPort server, BackendKey key, Runnable done) {
            done.run();
        }
    }

    private static final class OnePrimary implements UpstreamState {
        @Override
        public Topology topology() {
            return new Topology(new HostPort("primary", 5432), List.of());
        }

        @Override
        public long insertLsnAfter(long nanoTime) {
            return NOT_YET;
        }

        @Override
        public long lastInsertLsn() {
            return 0;
        }

        @Override
        public void hurry() {}

        @Override
        public void suspect(HostPort host) {}

        @Override
        public Map<String, String> primaryParameters() {
            return Map.of();
        }
    }
}
