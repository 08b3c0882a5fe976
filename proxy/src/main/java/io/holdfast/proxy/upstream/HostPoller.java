package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one host again and again, on a virtual thread of its own, until it is interrupted. */
final class HostPoller implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(HostPoller.class);

    private final HostPort host;
    private final BackgroundConnections connections;
    private final Duration interval;
    private final LongSupplier nanoTime;
    private final BiConsumer<HostPort, HostAnswer> report;
    private final Semaphore wake = new Semaphore(0);
    private @Nullable HostConnection connection;

    HostPoller(
            HostPort host,
            BackgroundConnections connections,
            Duration interval,
            LongSupplier nanoTime,
            BiConsumer<HostPort, HostAnswer> report) {
        this.host = host;
        this.connections = connections;
        this.interval = interval;
        this.nanoTime = nanoTime;
        this.report = report;
    }

    /** Ends the pause before the next poll, or the one after the poll that is under way. */
    void wake() {
        wake.release();
    }

    @Override
    public void run() {
        int failures = 0;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                HostAnswer answer = ask();
                if (Thread.currentThread().isInterrupted()) {
                    return; // the interrupt has cut the connection: that says nothing of the host
                }
                failures = answer instanceof HostAnswer.Down ? failures + 1 : 0;
                report.accept(host, answer);
                Duration pause = failures == 0 ? interval : Backoff.pause(failures, ThreadLocalRandom.current());
                if (wake.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: nobody wants to know any more
        } finally {
            disconnect();
        }
    }

    private HostAnswer ask() {
        long sentAt = nanoTime.getAsLong();
        try {
            if (connection == null) {
                connection = new HostConnection(connections.open(host), host);
            }
            return connection.ask(nanoTime);
        } catch (SQLException e) {
            disconnect();
            return new HostAnswer.Down(sentAt, BackgroundConnections.oneLine(e), BackgroundConnections.isTimeout(e));
        } catch (RuntimeException e) {
            // An answer nobody foresaw must not end the polling: the last one would be believed for ever.
            LOG.error("polling {} failed", host, e);
            disconnect();
            return new HostAnswer.Down(sentAt, e.toString());
        }
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
