package io.holdfast.proxy.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a log, on a thread of its own. It reads the files, not what is on its way to them: so there is nothing that could get full or
 * lost, nobody waits for it, and it goes on from where the copy ends, be it after an hour without, after a restart, or in parts that were
 * put away. What may still get lost by a power failure is not copied: only what is on disk.
 */
public final class AuditCopier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditCopier.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final long UNKNOWN = -1;

    private final String proxy;
    private final Path file;
    private final AuditCopy.Opener opener;
    private final Runnable broken;
    private final LongSupplier nanos;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile LongSupplier written = () -> 0;
    private volatile @Nullable Thread thread;

    private volatile long copied = UNKNOWN;
    private volatile long completeAt;
    private volatile @Nullable String why;

    /**
     * Prepares; {@link #follow} begins.
     *
     * @param proxy its name in the copy
     * @param file the log's, which is written
     * @param broken told whenever the log does not go on as the copy knows it; on the copier's thread
     * @param nanos a monotonic clock
     */
    public AuditCopier(String proxy, Path file, AuditCopy.Opener opener, Runnable broken, LongSupplier nanos) {
        this.proxy = proxy;
        this.file = file;
        this.opener = opener;
        this.broken = broken;
        this.nanos = nanos;
        this.completeAt = nanos.getAsLong();
    }

    /**
     * Begins.
     *
     * @param durable number of the last line of the log that is on disk
     */
    public void follow(LongSupplier durable) {
        written = durable;
        Thread copier = Thread.ofPlatform().name("holdfast-audit-copy").daemon().unstarted(this::run);
        thread = copier;
        copier.start();
    }

    /** How far it is; asked whenever somebody looks. */
    public CopyStatus status() {
        long at = copied;
        long all = written.getAsLong();
        Duration behind = at >= all ? Duration.ZERO : Duration.ofNanos(Math.max(1, nanos.getAsLong() - completeAt));
        return new CopyStatus(at, all, behind, why);
    }

    /** Copies what is still there to copy, for some seconds at most. Close the log first. */
    @Override
    public void close() {
        closing.countDown();
        Thread copier = thread;
        try {
            if (copier != null && !copier.join(FAREWELL)) {
                LOG.warn("The last entries of the audit log are not copied yet; they will be after the next start.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        do {
            try (AuditCopy copy = opener.open()) {
                copy(copy);
            } catch (IOException | RuntimeException e) {
                failed(String.valueOf(e.getMessage()));
            }
        } while (!isClosing(RETRY));
    }

    /** Returns when everything is copied and nothing will come any more. */
    private void copy(AuditCopy copy) throws IOException {
        try (CopyRun run = CopyRun.begin(proxy, file, copy, broken)) {
            copied = run.copied();
            for (boolean over = false; !over; ) {
                long wanted = written.getAsLong();
                boolean some = run.advance(wanted);
                copied = run.copied();
                if (run.copied() >= wanted) {
                    complete();
                    over = isClosing(LOOK) && run.copied() >= written.getAsLong();
                } else if (!some) {
                    failed("entry " + (run.copied() + 1) + " is not in the log");
                    over = isClosing(RETRY);
                }
            }
        }
    }

    private void failed(String reason) {
        if (why == null) {
            LOG.warn("The audit log is not copied; it will be caught up with: {}", reason);
        }
        why = reason;
    }

    private void complete() {
        if (why != null) {
            LOG.info("The copy of the audit log is complete again, up to entry {}.", copied);
        }
        why = null;
        completeAt = nanos.getAsLong();
    }

    private boolean isClosing(Duration atMost) {
        try {
            return closing.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
