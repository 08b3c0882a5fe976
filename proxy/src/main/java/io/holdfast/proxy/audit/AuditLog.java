package io.holdfast.proxy.audit;

import io.holdfast.proxy.audit.AuditEntry.Kind;
import io.holdfast.proxy.audit.AuditQueue.Pending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only record: one JSON object per line, each with a number and the hash of the line before, so that none can be changed
 * or left out unseen. Safe for use by many threads.
 *
 * <p>One thread writes. Entries that come while it waits for the disk go out together with one flush; those that nobody waits for are
 * flushed at least every second. When writing fails, everybody
 * who waits is told and the log is unhealthy; it tries again with the next entry, and at least every second. It is healthy again only
 * once an entry of its own, which tells of the gap, is on disk.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final int MAX_ENTRIES = 10_000;
    private static final long MAX_CHARS = 64 << 20;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration FOR_EVER = Duration.ofDays(365);

    /** What nobody waits for is on disk after this, so that a busy log does not compete with the servers' own. */
    private static final Duration FORCE_AT_LEAST = Duration.ofSeconds(1);

    private final LineStore.Opener opener;
    private final long rotateBytes;
    private final InstantSource clock;
    private final AuditQueue queue;
    private final Thread writer;
    private volatile boolean healthy;
    private volatile long durable;

    // Owned by the writer from its start.
    private @Nullable LineStore store;
    private Tail tail = Tail.NONE;
    private String gap = "";

    /** Something was written and may not be on disk yet. */
    private boolean unforced;

    private long forcedAt;

    /**
     * Opens or creates the file; only its owner may read it.
     *
     * @param rotateBytes a file that has reached this size is put away under a name with its last line's number, and a new one begun
     * @throws IOException if it cannot be written, is in use by another proxy, or does not end with an audit entry
     */
    public static AuditLog open(Path file, long rotateBytes, InstantSource clock) throws IOException {
        return new AuditLog(() -> AuditFile.open(file), rotateBytes, clock, new AuditQueue(MAX_ENTRIES, MAX_CHARS));
    }

    AuditLog(LineStore.Opener opener, long rotateBytes, InstantSource clock, AuditQueue queue) throws IOException {
        this.opener = opener;
        this.rotateBytes = rotateBytes;
        this.clock = clock;
        this.queue = queue;
        reopen();
        this.writer = Thread.ofPlatform().name("holdfast-audit").daemon().unstarted(this::run);
        writer.start();
    }

    /**
     * Completes when the entry is on disk, on the writer's thread: hand over, and do not block there. Fails if it is not, or may not
     * be; nothing that must be on record may then go on.
     */
    public CompletionStage<Void> durably(AuditEntry entry) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        if (!queue.put(new Pending(entry, written))) {
            written.completeExceptionally(new IOException("audit queue is full or closed"));
        }
        return written.minimalCompletionStage();
    }

    /** Queues the entry and does not wait for it; false: it will not be written, because the log is full, closed or unhealthy. */
    public boolean offer(AuditEntry entry) {
        return healthy && queue.put(new Pending(entry, null));
    }

    /** Number of the last line that is surely on disk, from 1. */
    public long durable() {
        return durable;
    }

    /** Whether the last attempt to write succeeded. */
    public boolean healthy() {
        return healthy;
    }

    /** Writes what is queued, then closes the file. */
    @Override
    public void close() {
        queue.close();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true; // what is queued must still be written
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!queue.isDrained()) {
                List<Pending> batch = queue.take(store == null ? RETRY : unforced ? FORCE_AT_LEAST : FOR_EVER);
                if (!batch.isEmpty() || store == null || unforced) {
                    write(batch);
                }
            }
        } catch (InterruptedException e) {
            log.error("The audit writer was interrupted.", e);
        } finally {
            healthy = false;
            queue.close();
            forceAtEnd();
            closeStore();
            failTheRest();
        }
    }

    private void write(List<Pending> batch) {
        try {
            if (store == null) {
                reopen();
            }
            rotateIfFull();
            if (!batch.isEmpty()) {
                append(batch.stream().map(Pending::entry).toList());
            }
            if (batch.isEmpty() || batch.stream().anyMatch(pending -> pending.written() != null) || isForceDue()) {
                force();
            }
        } catch (IOException | RuntimeException e) {
            if (healthy) {
                log.error("The audit log cannot be written; nothing but reads passes until it can.", e);
            }
            healthy = false;
            gap = "writing failed: " + e.getMessage();
            closeStore();
            batch.forEach(pending -> pending.failed(e));
            return;
        }
        batch.forEach(Pending::succeeded);
    }

    private void rotateIfFull() throws IOException {
        LineStore full = store;
        if (full != null && full.size() >= rotateBytes) {
            force();
            full.archive(tail.seq());
            closeStore();
            reopen();
        }
    }

    /** Puts an entry of the log's own on disk, which proves that it can be written and tells what was found. */
    private void reopen() throws IOException {
        LineStore opened = opener.open();
        store = opened;
        Tail found = opened.tail();
        String note = gap;
        if (found.torn() != null) {
            note = (note.isEmpty() ? "" : note + "; ") + "last line was incomplete and never acknowledged: "
                    + found.torn();
        }
        if (found.seq() >= tail.seq()) {
            tail = found;
        } // else lines are gone: go on counting, so that verification finds the gap
        try {
            append(List.of(AuditEntry.of(clock.instant(), Kind.LOG_OPENED, null, null)
                    .withNote(note.isEmpty() ? null : note)));
            force();
        } catch (IOException | RuntimeException e) {
            closeStore();
            throw e;
        }
        gap = "";
        healthy = true;
    }

    private void append(List<AuditEntry> entries) throws IOException {
        LineStore open = store;
        if (open == null) {
            throw new IOException("audit file is not open");
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        Tail end = tail;
        for (AuditEntry entry : entries) {
            byte[] line = AuditJson.line(end, entry);
            lines.writeBytes(line);
            lines.write('\n');
            end = new Tail(end.seq() + 1, Sha256.hex(line));
        }
        open.append(lines.toByteArray());
        unforced = true;
        tail = end;
    }

    private boolean isForceDue() {
        return System.nanoTime() - forcedAt >= FORCE_AT_LEAST.toNanos();
    }

    private void force() throws IOException {
        LineStore open = store;
        if (open != null && unforced) {
            open.force();
            durable = tail.seq();
            unforced = false;
            forcedAt = System.nanoTime();
        }
    }

    private void forceAtEnd() {
        try {
            force();
        } catch (IOException e) {
            log.error("The last entries of the audit log may not be on disk.", e);
        }
    }

    private void closeStore() {
        unforced = false;
        LineStore open = store;
        store = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                log.warn("The audit file could not be closed.", e);
            }
        }
    }

    private void failTheRest() {
        try {
            for (List<Pending> rest = queue.take(Duration.ZERO); !rest.isEmpty(); rest = queue.take(Duration.ZERO)) {
                rest.forEach(pending -> pending.failed(new IOException("audit log is closed")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
