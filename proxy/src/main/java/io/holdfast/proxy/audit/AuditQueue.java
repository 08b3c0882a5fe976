package io.holdfast.proxy.audit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Entries on their way to the writer, bounded in number and size. Safe for many producers and one consumer. */
final class AuditQueue {
    private static final int BATCH_CHARS = 4 << 20;

    /**
     * An entry.
     *
     * @param written completes when it is on disk; null: nobody waits for that
     */
    record Pending(AuditEntry entry, @Nullable CompletableFuture<Void> written) {
        void succeeded() {
            if (written != null) {
                written.complete(null);
            }
        }

        void failed(Throwable cause) {
            if (written != null) {
                written.completeExceptionally(cause);
            }
        }
    }

    private final int maxEntries;
    private final long maxChars;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Pending> entries = new ArrayDeque<>();
    private long chars;
    private boolean closed;

    /** @param maxChars text of all entries together; one entry alone may be longer */
    AuditQueue(int maxEntries, long maxChars) {
        this.maxEntries = maxEntries;
        this.maxChars = maxChars;
    }

    /** False: it is full or closed, and the entry is not in it. */
    boolean put(Pending pending) {
        long weight = pending.entry().weight();
        lock.lock();
        try {
            if (closed || entries.size() >= maxEntries || (chars > 0 && chars + weight > maxChars)) {
                return false;
            }
            entries.add(pending);
            chars += weight;
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for entries.
     *
     * @param atMost then it returns without any
     * @return what is there, up to a few megabytes; empty: the time is over, or it is closed and empty
     */
    List<Pending> take(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (entries.isEmpty() && !closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            List<Pending> batch = new ArrayList<>();
            long taken = 0;
            for (Pending next = entries.peek(); next != null && taken < BATCH_CHARS; next = entries.peek()) {
                batch.add(entries.remove());
                taken += next.entry().weight();
            }
            chars -= taken;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing comes in any more; what is there can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isDrained() {
        lock.lock();
        try {
            return closed && entries.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
