package io.holdfast.proxy.net;

import java.util.concurrent.ConcurrentHashMap;

/** How many connections each of several names has, and may have. Thread-safe. */
final class Quota {
    private final int max;
    private final ConcurrentHashMap<String, Integer> taken = new ConcurrentHashMap<>();

    /** @param max for each name */
    Quota(int max) {
        this.max = max;
    }

    /** One more for this name; false if it has all it may have. What is taken must be given back. */
    boolean take(String name) {
        int now = taken.merge(name, 1, Integer::sum);
        if (now > max) {
            give(name);
            return false;
        }
        return true;
    }

    void give(String name) {
        taken.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1);
    }
}
