package io.holdfast.proxy.upstream;

import io.holdfast.config.Upstream;
import io.holdfast.proxy.upstream.VerifierLookup.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Verifiers through the configured auth_query, on the primary, or on a follower while there is no primary. At most
 * {@value #WORKERS} connections and {@value #QUEUE} waiting logins: a storm of them is answered with {@link Unavailable}, not with memory.
 */
public final class AuthQueryVerifiers implements VerifierSource, AutoCloseable {
    private static final int WORKERS = 4;
    private static final int QUEUE = 1_000;

    private final Duration limit;
    private final BlockingQueue<Login> queue = new ArrayBlockingQueue<>(QUEUE);
    private final List<Thread> workers = new ArrayList<>();
    private volatile boolean closed;

    /** A login that waits for its verifier. */
    record Login(String user, CompletableFuture<VerifierLookup> answer) {}

    /** Connects when first asked. A look-up may take as long as config's connect-timeout. */
    public AuthQueryVerifiers(Upstream config, UpstreamState state) {
        limit = config.connectTimeout();
        AuthQuery query = AuthQuery.of(config.authQuery());
        BackgroundConnections connections = new BackgroundConnections(config);
        for (int i = 1; i <= WORKERS; i++) {
            Runnable worker = new AuthQueryWorker(queue, query, connections, state);
            workers.add(Thread.ofVirtual().name("auth-query-" + i).start(worker));
        }
    }

    @Override
    public CompletionStage<VerifierLookup> lookup(String user) {
        CompletableFuture<VerifierLookup> answer = new CompletableFuture<>();
        if (closed) {
            answer.complete(new Unavailable("the proxy is stopping"));
        } else if (queue.offer(new Login(user, answer))) {
            answer.completeOnTimeout(
                    new Unavailable("no answer within " + limit.toMillis() + " ms"),
                    limit.toMillis(),
                    TimeUnit.MILLISECONDS);
        } else {
            answer.complete(new Unavailable("more than " + QUEUE + " logins are waiting"));
        }
        return answer;
    }

    /** Ends the connections; logins that still wait get {@link Unavailable} when their time is over. */
    @Override
    public void close() {
        closed = true;
        workers.forEach(Thread::interrupt);
    }
}
