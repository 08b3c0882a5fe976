package io.holdfast.proxy.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import jakarta.servlet.AsyncContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The pages that are open and follow what happens. None of them keeps a thread of the HTTP server, and there is a limit to them; a page
 * beyond it asks again by itself now and then. Safe for use by many threads.
 */
public final class LiveStreams implements AutoCloseable {
    private static final int MOST = 200;
    private static final Duration END_LIMIT = Duration.ofMillis(500);

    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicInteger taken = new AtomicInteger();
    private final int most;
    private volatile boolean closed;

    /** None yet. */
    public LiveStreams() {
        this(MOST);
    }

    LiveStreams(int most) {
        this.most = most;
    }

    /** Some hold or freeze has changed, here or at another proxy. From any thread; does not block. */
    public void changed() {
        streams.forEach(LiveStream::wake);
    }

    /**
     * Answers a request by a stream.
     *
     * @param isLoggedIn the stream ends when it is false
     * @throws Refusal if there are too many
     */
    void open(Context context, BooleanSupplier isLoggedIn) throws Refusal {
        if (taken.incrementAndGet() > most) {
            taken.decrementAndGet();
            throw new Refusal(
                    HttpStatus.SERVICE_UNAVAILABLE, "Too many open pages", "Close some, or reload now and then.");
        }
        context.contentType("text/event-stream; charset=utf-8")
                .header("X-Accel-Buffering", "no")
                .header("Connection", "close"); // so that nothing is left of it when it ends
        AsyncContext request = context.req().startAsync();
        request.setTimeout(0);
        // Javalin must not touch the response again, so its future is never complete: the stream completes the request
        // itself.
        context.future(() -> {
            start(request, isLoggedIn);
            return new CompletableFuture<>();
        });
    }

    /** How many there are. */
    int count() {
        return taken.get();
    }

    private void start(AsyncContext request, BooleanSupplier isLoggedIn) {
        LiveStream stream = new LiveStream(request, isLoggedIn, ended -> {
            streams.remove(ended);
            taken.decrementAndGet();
        });
        streams.add(stream);
        if (closed) {
            stream.end();
        }
        Thread.ofVirtual().name("holdfast-live").start(stream);
    }

    /** Ends them all, and waits for that a little, so that the HTTP server need not. */
    @Override
    public void close() {
        closed = true;
        streams.forEach(LiveStream::end);
        try {
            CompletableFuture.allOf(streams.stream().map(LiveStream::over).toArray(CompletableFuture[]::new))
                    .get(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // a browser that does not read; its connection is cut
        }
    }
}
