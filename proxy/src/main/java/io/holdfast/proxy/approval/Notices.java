package io.holdfast.proxy.approval;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what was queued under the lock after it is released, one at a time and in order. Whoever comes while another thread
 * delivers, or from inside a delivery, leaves its notices to that one.
 */
final class Notices {
    private static final Logger log = LoggerFactory.getLogger(Notices.class);

    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger undelivered = new AtomicInteger();

    /** Call under the lock that orders the changes. */
    void add(Runnable notice) {
        queue.add(notice);
    }

    /** Call without that lock. */
    void deliver() {
        if (undelivered.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            for (Runnable notice; (notice = queue.poll()) != null; ) {
                run(notice);
            }
            seen = undelivered.addAndGet(-seen);
        } while (seen != 0);
    }

    private static void run(Runnable notice) {
        try {
            notice.run();
        } catch (RuntimeException e) {
            log.error("A listener of holds failed; the others are still told.", e);
        }
    }
}
