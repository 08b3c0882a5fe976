package io.holdfast.proxy.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Host names to addresses, off the event loops.
 *
 * <p>It is the system's resolver that answers, with the hosts file, search domains and whatever else the machine is set up for. The
 * JDK keeps its answers for a few seconds, and the background connections ask the same way: so whoever found out what a server is
 * and whoever then connects to it see one machine. Each name is looked up once at a time, however many ask, so that there are
 * never more threads than names. Thread-safe.
 */
final class Names implements AutoCloseable {
    /** Blocks until the system has answered. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] find(String host) throws UnknownHostException;
    }

    private final Lookup lookup;
    private final Duration limit;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("holdfast-names").daemon().factory());
    private final ConcurrentHashMap<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    /** @param limit for an answer; the look-up itself cannot be stopped, and serves whoever asks next */
    Names(Lookup lookup, Duration limit) {
        this.lookup = lookup;
        this.limit = limit;
    }

    /** As the machine is set up. */
    static Names ofSystem(Duration limit) {
        return new Names(InetAddress::getAllByName, limit);
    }

    /**
     * All addresses of a host, the best first; of a literal address itself, at once. Fails with an UnknownHostException, or a
     * TimeoutException. Completes on any thread.
     */
    CompletableFuture<List<InetAddress>> resolve(String host) {
        try {
            return CompletableFuture.completedFuture(List.of(InetAddress.ofLiteral(host)));
        } catch (IllegalArgumentException e) {
            return underWay.computeIfAbsent(host, this::start)
                    .copy()
                    .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private CompletableFuture<List<InetAddress>> start(String host) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> find(host, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e); // the proxy stops
        }
        return answer;
    }

    private void find(String host, CompletableFuture<List<InetAddress>> answer) {
        try {
            List<InetAddress> found = List.of(lookup.find(host));
            underWay.remove(host);
            answer.complete(found);
        } catch (UnknownHostException | RuntimeException e) {
            underWay.remove(host);
            answer.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
