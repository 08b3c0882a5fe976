package io.holdfast.proxy.net;

import io.holdfast.proxy.session.Session;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The connected clients of one proxy. Thread-safe. */
final class Clients {
    private final int max;
    private final AtomicInteger admitted = new AtomicInteger();
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

    /** @param max clients at one time */
    Clients(int max) {
        this.max = max;
    }

    /** Counts one more client; false if there are too many. What is admitted must leave. */
    boolean admit() {
        if (admitted.incrementAndGet() > max) {
            admitted.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        admitted.decrementAndGet();
    }

    int count() {
        return admitted.get();
    }

    Set<Session> sessions() {
        return sessions;
    }
}
