package io.holdfast.proxy.web;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Tells one page that something has changed, never what: the page then asks as any other. A thread of its own writes, so that a browser
 * that does not read keeps nobody else waiting; many changes at once are one event.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
final class LiveStream implements Runnable {
    /** Below the idle timeout of the connection, and that of any web server in front. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    private final AsyncContext request;
    private final BooleanSupplier isLoggedIn;
    private final Consumer<LiveStream> onEnd;
    private final Semaphore changes = new Semaphore(0);
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile boolean ended;

    /**
     * Prepares; its thread runs it.
     *
     * @param isLoggedIn asked before each event
     * @param onEnd called once
     */
    LiveStream(AsyncContext request, BooleanSupplier isLoggedIn, Consumer<LiveStream> onEnd) {
        this.request = request;
        this.isLoggedIn = isLoggedIn;
        this.onEnd = onEnd;
    }

    /** Something has changed. Does not block. */
    void wake() {
        changes.release();
    }

    /** The proxy stops. Does not block. */
    void end() {
        ended = true;
        wake();
    }

    /** When nothing is written any more. */
    CompletableFuture<Void> over() {
        return over;
    }

    @Override
    public void run() {
        try {
            follow(request.getResponse().getOutputStream());
        } catch (IOException | IllegalStateException e) {
            // the browser has gone, or the server has stopped
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            onEnd.accept(this);
            complete();
            over.complete(null);
        }
    }

    private void follow(OutputStream out) throws IOException, InterruptedException {
        send(out, "retry: 2000\n\n");
        boolean changed = await();
        while (!ended && isLoggedIn.getAsBoolean()) {
            send(out, changed ? "event: change\ndata: -\n\n" : ": still here\n\n");
            changed = await();
        }
        send(out, "event: end\ndata: -\n\n");
    }

    private boolean await() throws InterruptedException {
        boolean changed = changes.tryAcquire(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS);
        changes.drainPermits();
        return changed;
    }

    private static void send(OutputStream out, String event) throws IOException {
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void complete() {
        try {
            request.complete();
        } catch (IllegalStateException e) {
            // it is already
        }
    }
}
