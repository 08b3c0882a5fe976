package io.holdfast.proxy.upstream;

import io.holdfast.config.CiConfig;
import io.holdfast.config.Upstream;
import io.holdfast.proxy.ci.DatabaseSays;
import io.holdfast.proxy.ci.EnvironmentSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Asks databases on the primary, or on a follower while there is none, each on a thread of its own. */
public final class DatabaseEnvironments implements EnvironmentSource, AutoCloseable {
    /** Names come from clients who have logged in, but need not be of databases. */
    private static final int MOST = 1_000;

    private static final DatabaseSays TOO_MANY =
            new DatabaseSays.Unknown("more than " + MOST + " databases have been asked for");

    private final Upstream upstream;
    private final CiConfig config;
    private final BackgroundConnections connections;
    private final UpstreamState state;
    private final Map<String, EnvironmentWatch> watches = new ConcurrentHashMap<>();
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();

    /** Connects when first asked, as the account of {@code upstream}. */
    public DatabaseEnvironments(Upstream upstream, CiConfig config, UpstreamState state) {
        this.upstream = upstream;
        this.config = config;
        this.connections = new BackgroundConnections(upstream);
        this.state = state;
    }

    @Override
    public DatabaseSays latest(String database) {
        EnvironmentWatch watch = watch(database);
        return watch == null ? TOO_MANY : watch.latest();
    }

    @Override
    public @Nullable DatabaseSays fresh(String database) {
        EnvironmentWatch watch = watch(database);
        return watch == null ? TOO_MANY : watch.fresh();
    }

    @Override
    public CompletionStage<DatabaseSays> ask(String database, Duration limit) {
        EnvironmentWatch watch = watch(database);
        return watch == null ? CompletableFuture.completedStage(TOO_MANY) : watch.ask(limit);
    }

    private @Nullable EnvironmentWatch watch(String database) {
        EnvironmentWatch watch = watches.get(database);
        if (watch != null || watches.size() >= MOST) {
            return watch;
        }
        return watches.computeIfAbsent(database, this::start);
    }

    private EnvironmentWatch start(String database) {
        EnvironmentWatch watch = new EnvironmentWatch(
                database,
                connections,
                state,
                upstream.account().user(),
                config.environmentQuery(),
                config.environmentRefresh());
        threads.put(database, Thread.ofVirtual().name("environment-" + database).start(watch));
        return watch;
    }

    /** Ends the looks; those who wait for one are told so. */
    @Override
    public void close() {
        threads.values().forEach(Thread::interrupt);
    }
}
