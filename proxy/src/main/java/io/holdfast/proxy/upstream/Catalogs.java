package io.holdfast.proxy.upstream;

import io.holdfast.config.Upstream;
import io.holdfast.proxy.catalog.Catalog;
import io.holdfast.proxy.catalog.CatalogSource;
import io.holdfast.proxy.catalog.NamedObjects;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.value.KnownTypes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Reads catalogs on the primary, or on a follower while there is none, each database's on a thread of its own. */
public final class Catalogs implements CatalogSource, AutoCloseable {
    /** What was changed past the proxy is seen after this at the latest. */
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final BackgroundConnections connections;
    private final UpstreamState state;
    private final Map<String, CatalogWatch> watches = new ConcurrentHashMap<>();
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();
    private final Map<String, ObjectReader> objects = new ConcurrentHashMap<>();
    private final Map<String, TypeReader> types = new ConcurrentHashMap<>();

    /** Connects when first asked, as config's account. */
    public Catalogs(Upstream config, UpstreamState state) {
        this.connections = new BackgroundConnections(config);
        this.state = state;
    }

    @Override
    public Catalog current(String database) {
        return watch(database).current();
    }

    @Override
    public CompletionStage<Catalog> refreshed(String database) {
        return watch(database).refreshed();
    }

    @Override
    public void changed(String database) {
        watch(database).changed();
    }

    @Override
    public CompletionStage<NamedObjects> objects(String database, Set<RelationName> names) {
        return objects.computeIfAbsent(database, name -> new ObjectReader(name, connections, state))
                .objects(names);
    }

    @Override
    public CompletionStage<KnownTypes> types(String database, Set<Integer> asked, Set<Integer> functions) {
        return types.computeIfAbsent(database, name -> new TypeReader(name, connections, state))
                .types(asked, functions);
    }

    private CatalogWatch watch(String database) {
        CatalogWatch watch = watches.get(database);
        return watch != null ? watch : watches.computeIfAbsent(database, this::start);
    }

    private CatalogWatch start(String database) {
        CatalogWatch watch = new CatalogWatch(database, connections, state, INTERVAL);
        threads.put(database, Thread.ofVirtual().name("catalog-" + database).start(watch));
        return watch;
    }

    /** Ends the readings; those who wait for one are told so. */
    @Override
    public void close() {
        threads.values().forEach(Thread::interrupt);
    }
}
