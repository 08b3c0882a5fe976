package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HostPort;
import io.holdfast.config.Limits;
import io.holdfast.config.Protect;
import io.holdfast.config.Upstream;
import io.holdfast.config.UpstreamTls;
import io.holdfast.protocol.scram.ScramKeys;
import io.holdfast.proxy.approval.Channel;
import io.holdfast.proxy.approval.Decision;
import io.holdfast.proxy.approval.FakeTime;
import io.holdfast.proxy.approval.FreezeMode;
import io.holdfast.proxy.approval.FreezeService;
import io.holdfast.proxy.approval.HoldDesk;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldLimits;
import io.holdfast.proxy.approval.HoldLinks;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.approval.HoldService;
import io.holdfast.proxy.approval.Holds;
import io.holdfast.proxy.approval.MemoryStore;
import io.holdfast.proxy.approval.Person;
import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.metrics.UnitMeters;
import io.holdfast.proxy.policy.Policy;
import io.holdfast.proxy.session.Script.Peer;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.testing.FixedCatalog;
import io.holdfast.proxy.testing.Guards;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A session with everything around it: ours is real, the edges are hand-written. Time stands still until it is told to pass. */
final class World {
    private static final Meters METERS = new Meters();
    private static final UnitMeters<StatementClass> UNITS = METERS.units(StatementClass.class);
    private static final byte[] HALF_A_ROW = {'D', 0, 0, 0, 100, 0, 1};
    private static final Duration TICK = Duration.ofMillis(50);

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final FakeTime time = new FakeTime();
    private final FakeUpstream upstream = new FakeUpstream();
    private final FixedCatalog catalog = new FixedCatalog();
    private final FakeRestorePoints restorePoints = new FakeRestorePoints();
    private final FakeRowEstimates rows = new FakeRowEstimates();
    private final FakeRecorder recorder = new FakeRecorder(restorePoints);
    private final FakeServers servers;
    private final Guards guards = new Guards();
    private final FakeClient client;
    private final MemoryStore store;
    private final HoldService holds;
    private final HoldDesk desk;
    /** What the control store is asked, when it does not answer at once. */
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private boolean storeIsSlow;
    private final FreezeService freezes;
    private final Session session;
    private @Nullable HoldId lastHold;

    World(Wire wire) {
        channel.freezeTime();
        servers = new FakeServers(allocator, channel.eventLoop(), wire.opening());
        client = new FakeClient(allocator, channel.eventLoop());
        upstream.hasFollower = wire.follower();
        Protect protect = new Protect(
                wire.preset(),
                wire.rules(),
                new Protect.Holds(
                        2,
                        Wire.TIMEOUT,
                        wire.clientWait(),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(20),
                        Duration.ofHours(1)));
        store = new MemoryStore(time.clock().wall());
        holds = new HoldService(
                store,
                protect.holds().grantTtl(),
                HoldLimits.DEFAULT,
                time.clock(),
                time.timer(),
                new Random(42),
                List.of((_, view) -> lastHold = view.id()));
        freezes = new FreezeService(store, HoldLimits.DEFAULT, time.clock(), List.of());
        freezes.catchUp();
        desk = new HoldDesk(holds, this::ask);
        SessionServices services = new SessionServices(
                Policy.of(protect),
                new FactsCache(METERS),
                catalog,
                desk,
                HoldLinks.NONE,
                freezes,
                restorePoints,
                rows,
                recorder,
                upstream,
                METERS,
                UNITS,
                servers,
                new FollowerLoad(),
                new UserWrites(),
                guards.guard(upstreamConfig(wire).environment()),
                protect,
                upstreamConfig(wire),
                new Limits(10, Duration.ofSeconds(10), wire.inspectBytes()),
                time.clock().wall());
        LegRole role = wire.follower() ? LegRole.FOLLOWER : LegRole.PRIMARY;
        Leg login = servers.connect(role, wire.follower() ? FakeServers.FOLLOWER : FakeServers.PRIMARY);
        session = new Session(
                services,
                bo(),
                client,
                channel.eventLoop(),
                allocator,
                login,
                Map.of("in_hot_standby", "off", "TimeZone", "UTC", "application_name", "psql"));
        client.start(session);
        freezes.onCut(session::cut);
    }

    private static Identity bo() {
        return new Identity(
                "S-1",
                "bo",
                "bo",
                "shop",
                Map.of("application_name", "psql"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 50000),
                new ScramKeys(new byte[32], new byte[32], new byte[32]));
    }

    private static Upstream upstreamConfig(Wire wire) {
        return new Upstream(
                Upstream.Environment.PRODUCTION,
                List.of(new HostPort("primary", 5432), new HostPort("follower", 5432)),
                new UpstreamTls(UpstreamTls.Mode.DISABLE, null),
                new Upstream.Account("holdfast", "", "postgres"),
                Upstream.DEFAULT_AUTH_QUERY,
                Duration.ofSeconds(5),
                wire.fallback(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5));
    }

    Lane lane(Peer peer) {
        return switch (peer) {
            case CLIENT -> client.sent;
            case PRIMARY -> servers.lane(LegRole.PRIMARY);
            case FOLLOWER -> servers.lane(LegRole.FOLLOWER);
        };
    }

    void sends(Peer peer, byte[] bytes) {
        switch (peer) {
            case CLIENT -> client.sends(bytes);
            case PRIMARY -> servers.leg(LegRole.PRIMARY).sends(bytes);
            case FOLLOWER -> servers.leg(LegRole.FOLLOWER).sends(bytes);
        }
        channel.runPendingTasks();
    }

    /** What scripts say behind {@code @}. */
    void happens(String event) {
        String[] words = event.split(" ", -1);
        switch (words[0]) {
            case "approve" -> accepted(holds.approve(hold(), person(words[2]), Channel.CONSOLE, null));
            case "deny" -> accepted(holds.deny(hold(), person(words[2]), Channel.CONSOLE, reason(event)));
            case "hold" ->
                assertThat(holds.find(hold()).orElseThrow().state().label())
                        .as(event)
                        .isEqualTo(event.substring("hold is ".length()));
            case "values" -> assertThat("values " + values()).isEqualTo(event);
            case "cancel" -> cancel(words);
            case "alarm" ->
                desk.runs().now().forEach(run -> run.tell(hold() + " waits for a lock for 12s", "It is cold."));
            case "shutdown" -> session.shutdown();
            case "freeze" -> freeze(words);
            case "thaw" -> {
                freezes.thaw(Holds.at(person("cy")), null);
                freezes.thaw(Holds.at(person("di")), null);
            }
            case "store" -> store(words[1]);
            case "name" -> catalog.becomes(words[1], words[2]);
            case "restore" -> restorePoints.happens(words[2]);
            case "rows" -> rows.happens(event.substring("rows ".length()));
            case "undo" ->
                assertThat(holds.find(hold()).orElseThrow().restorePoint())
                        .as(event)
                        .isEqualTo(words[2].equals("nothing") ? null : FakeRestorePoints.NAMED);
            case "audit" -> recorder.works = words[1].equals("works");
            case "time" -> pass(Duration.parse("PT" + words[1]));
            case "client" -> client(words[1]);
            case "primary" -> server(LegRole.PRIMARY, words);
            case "follower" -> server(LegRole.FOLLOWER, words);
            default -> throw new IllegalArgumentException("event: " + event);
        }
        channel.runPendingTasks();
    }

    /** By the client, or by an approver; or how fast the server takes it. */
    private void cancel(String[] words) {
        switch (words.length == 1 ? "" : words[1]) {
            case "" -> session.cancel(() -> {});
            case "slow" -> servers.cancelsSlowly();
            case "arrives" -> servers.cancelsArrive();
            case "by" -> accepted(holds.cancel(hold(), person(words[2]), Channel.CONSOLE, null));
            default -> throw new IllegalArgumentException("cancel: " + words[1]);
        }
    }

    private void ask(Runnable task) {
        if (storeIsSlow) {
            tasks.add(task);
        } else {
            task.run();
        }
    }

    private void freeze(String[] words) {
        FreezeMode mode = FreezeMode.valueOf(words[1].toUpperCase(Locale.ROOT));
        freezes.freeze(Holds.at(person("cy")), mode, words.length > 2 ? words[2] : null, "the disk is full");
    }

    private void store(String what) {
        switch (what) {
            case "down" -> store.down = true;
            case "up" -> {
                store.down = false;
                holds.tick();
            }
            case "buries" -> {
                HoldService other = new HoldService(
                        store,
                        Duration.ofHours(1),
                        HoldLimits.DEFAULT,
                        time.clock(),
                        time.timer(),
                        new Random(1),
                        List.of());
                store.change(change -> {
                    change.beats().keySet().forEach(change::leave);
                    return true;
                });
                other.tick();
                holds.catchUp();
            }
            case "loses" -> store.losesAnswer = true;
            case "slow" -> storeIsSlow = true;
            case "answers" -> {
                storeIsSlow = false;
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
            default -> throw new IllegalArgumentException("store: " + what);
        }
    }

    private void client(String what) {
        switch (what) {
            case "gone" -> client.goes();
            case "slow" -> client.takes(false);
            case "fast" -> client.takes(true);
            default -> throw new IllegalArgumentException("client: " + what);
        }
    }

    private void server(LegRole role, String[] words) {
        switch (words[1]) {
            case "gone" -> servers.leg(role).goes();
            case "silent" ->
                session.hostsSilent(Set.of(role == LegRole.PRIMARY ? FakeServers.PRIMARY : FakeServers.FOLLOWER));
            case "sends" -> servers.leg(role).sends(HALF_A_ROW);
            case "opens" -> servers.opens(role);
            case "refuses" -> servers.refuses(role, words[2], "no");
            case "unreachable" -> servers.unreachable(role);
            case "replayed" -> upstream.replayed = Long.MAX_VALUE;
            case "unsampled" -> upstream.sampled = false;
            case "sampled" -> upstream.sampled = true;
            case "down" -> upstream.suspect(role == LegRole.PRIMARY ? FakeServers.PRIMARY : FakeServers.FOLLOWER);
            case "up" -> {
                if (role == LegRole.PRIMARY) {
                    upstream.primary = FakeServers.PRIMARY;
                } else {
                    upstream.hasFollower = true;
                }
            }
            case "moved" -> upstream.primary = new HostPort("elsewhere", 5432);
            default -> throw new IllegalArgumentException(role + ": " + words[1]);
        }
    }

    /** The session's timers and the holds' are one time. */
    private void pass(Duration duration) {
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(TICK)) {
            time.pass(TICK);
            channel.runPendingTasks();
            channel.advanceTimeBy(TICK.toMillis(), TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }

    /** Closes everything; a session that was still open loses its client. */
    void end() {
        client.goes();
        channel.runPendingTasks();
        client.release();
        servers.release();
        channel.finishAndReleaseAll();
    }

    /** Of buffers that were given or made and not given back. */
    long heldBytes() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    private HoldId hold() {
        return Objects.requireNonNull(lastHold, "no hold yet");
    }

    /** Of the last hold, as people see them. */
    private String values() {
        HoldRequest request = holds.find(hold()).orElseThrow().request();
        return request.values().stream()
                .map(value -> request.label(value) + " = " + value.text())
                .collect(Collectors.joining(", "));
    }

    private static Person person(String name) {
        return new Person(name, Set.of(name), true);
    }

    private static String reason(String event) {
        return event.substring(event.indexOf('\'') + 1, event.lastIndexOf('\''));
    }

    private static void accepted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
    }
}
