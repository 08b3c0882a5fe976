package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls every host on a virtual thread of its own and keeps the {@link Census}. What sessions read is one volatile reference;
 * a poll or a suspicion replaces it under a lock that is never held while anybody waits for a server.
 */
public final class UpstreamMonitor implements UpstreamState, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamMonitor.class);
    private static final Duration PATIENCE_ON_CLOSE = Duration.ofSeconds(2);

    /** Hurried polls come at most this much more often than regular ones. */
    private static final int HURRY_FACTOR = 20;

    private static final long MIN_HURRY_NANOS = 1_000_000;

    private final LongSupplier nanoTime;
    private final long hurryNanos;
    private final AtomicLong hurried;
    private final List<Consumer<Topology>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock censusLock = new ReentrantLock();
    private final ReentrantLock listenerLock = new ReentrantLock();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Map<HostPort, HostPoller> pollers = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Census census;

    private UpstreamMonitor(Upstream config, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        hurryNanos = Math.max(config.pollInterval().toNanos() / HURRY_FACTOR, MIN_HURRY_NANOS);
        hurried = new AtomicLong(nanoTime.getAsLong() - hurryNanos);
        census = Census.of(config.hosts(), config.maxLag());
        BackgroundConnections connections = new BackgroundConnections(config);
        for (HostPort host : config.hosts()) {
            pollers.put(host, new HostPoller(host, connections, config.pollInterval(), nanoTime, this::answered));
        }
    }

    /**
     * Starts polling and returns at once.
     *
     * @param nanoTime monotonic, as {@link System#nanoTime}; the clock of {@link #insertLsnAfter}
     */
    public static UpstreamMonitor start(Upstream config, LongSupplier nanoTime) {
        UpstreamMonitor monitor = new UpstreamMonitor(config, nanoTime);
        monitor.pollers.forEach((host, poller) ->
                monitor.threads.add(Thread.ofVirtual().name("upstream-" + host).start(poller)));
        return monitor;
    }

    /** Gives the newest topology after every poll from now on, never twice at the same time; the listener must return quickly. */
    public void onPoll(Consumer<Topology> listener) {
        listeners.add(listener);
    }

    /** Completes when every host has answered once or has failed to within connect-timeout; no primary is named before that. */
    public CompletionStage<Void> ready() {
        return ready.minimalCompletionStage();
    }

    @Override
    public Topology topology() {
        return census.topology();
    }

    @Override
    public long insertLsnAfter(long time) {
        return census.samples().firstSince(time);
    }

    @Override
    public long lastInsertLsn() {
        return census.samples().newestLsn();
    }

    @Override
    public Map<String, String> primaryParameters() {
        return census.parameters();
    }

    @Override
    public void suspect(HostPort host) {
        HostPoller poller = pollers.get(host);
        if (poller == null || census.answer(host) instanceof HostAnswer.Down) {
            return; // out already; the back-off paces its polls, not the number of unhappy sessions
        }
        update(host, new HostAnswer.Down(nanoTime.getAsLong(), "a connection to it failed"));
        poller.wake();
    }

    @Override
    public void hurry() {
        long now = nanoTime.getAsLong();
        long last = hurried.get();
        if (now - last >= hurryNanos && hurried.compareAndSet(last, now)) {
            Census known = census;
            pollers.forEach((host, poller) -> {
                if (!(known.answer(host) instanceof HostAnswer.Down)) { // the back-off paces those
                    poller.wake();
                }
            });
        }
    }

    private void answered(HostPort host, HostAnswer answer) {
        Census after = update(host, answer);
        if (after.everyHostAsked()) {
            ready.complete(null);
        }
        listenerLock.lock(); // so that the last call has the last topology
        try {
            listeners.forEach(listener -> tell(listener, topology()));
        } finally {
            listenerLock.unlock();
        }
    }

    private static void tell(Consumer<Topology> listener, Topology topology) {
        try {
            listener.accept(topology);
        } catch (RuntimeException e) {
            LOG.error("a listener failed; polling goes on", e);
        }
    }

    private Census update(HostPort host, HostAnswer answer) {
        Census before;
        Census after;
        censusLock.lock();
        try {
            before = census;
            after = before.with(host, answer);
            census = after;
        } finally {
            censusLock.unlock();
        }
        TopologyLog.changed(before, after);
        if (after.claimants().size() > 1 && before.claimants().size() <= 1) {
            // After a switchover the former primary's answer may just be old.
            pollers.forEach((other, poller) -> {
                if (!other.equals(host)) {
                    poller.wake();
                }
            });
        }
        return after;
    }

    /** Ends polling and closes the connections; answers stay as they are. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                if (!thread.join(PATIENCE_ON_CLOSE)) {
                    LOG.warn("{} has not ended within {}", thread.getName(), PATIENCE_ON_CLOSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
