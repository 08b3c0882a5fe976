package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.catalog.Catalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog of one database, read again from time to time while sessions use it, and when somebody wants to be sure. A reading
 * that fails leaves what was known.
 */
final class CatalogWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogWatch.class);

    /** Printing the queries of thousands of views takes its time. */
    private static final int NETWORK_TIMEOUT_MILLIS = 60_000;

    /** After a reading that failed, clients do not wait for the next one as long as this. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String database;
    private final BackgroundConnections connections;
    private final UpstreamState state;
    private final Duration interval;
    private final Askers<Catalog> askers = new Askers<>();
    private volatile Catalog current = Catalog.unknown();
    private String version = "";
    private volatile boolean used = true;
    private volatile boolean failing;
    private volatile long failedAt;

    CatalogWatch(String database, BackgroundConnections connections, UpstreamState state, Duration interval) {
        this.database = database;
        this.connections = connections;
        this.state = state;
        this.interval = interval;
    }

    Catalog current() {
        if (!used) {
            used = true;
        }
        return current;
    }

    CompletionStage<Catalog> refreshed() {
        if (failing && System.nanoTime() - failedAt < PAUSE_NANOS) {
            return CompletableFuture.failedStage(new IllegalStateException("the catalog could not be read just now"));
        }
        return askers.add();
    }

    void changed() {
        used = true;
        askers.wake();
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                askers.awake();
                if (used || !askers.isEmpty()) {
                    used = false;
                    read();
                }
                boolean asked = askers.await(interval.toNanos());
                used |= asked;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } finally {
            askers.take()
                    .forEach(
                            answer -> answer.completeExceptionally(new IllegalStateException("the proxy is stopping")));
        }
    }

    private void read() {
        List<CompletableFuture<Catalog>> asked = askers.take();
        try {
            Catalog catalog = query();
            current = catalog;
            failing = false;
            asked.forEach(answer -> answer.complete(catalog));
        } catch (SQLException | RuntimeException e) {
            failedAt = System.nanoTime();
            if (!failing) {
                LOG.warn("the catalog of database {} cannot be read: {}", database, e.getMessage());
                failing = true;
            }
            asked.forEach(answer -> answer.completeExceptionally(e));
        }
    }

    private Catalog query() throws SQLException {
        Topology topology = state.topology();
        HostPort host = topology.primary() != null
                ? topology.primary()
                : topology.freshest(Lsn.ZERO).orElse(null);
        if (host == null) {
            throw new SQLException(topology.whyNoPrimary());
        }
        try (Connection connection = connections.open(host, database)) {
            connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
            String now = CatalogVersion.of(connection); // first: what changes while it is read is read again next time
            if (now.equals(version)) {
                return current;
            }
            Catalog catalog = Catalog.of(CatalogQuery.read(connection));
            version = now;
            return catalog;
        }
    }
}
