package io.holdfast.proxy.approval;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the other proxies are gone: those whose number of beats has not changed for the length of a lease, as this proxy has seen it
 * by its own monotonic clock. No two clocks are compared. Guarded by the lock of {@link HoldService}.
 */
final class Leases {
    /** Long against a pause for garbage or a moved virtual machine, short against the patience of people. */
    static final Duration LEASE = Duration.ofSeconds(10);

    private record Seen(long beats, long atNanos) {}

    private final Map<String, Seen> seen = new HashMap<>();

    /** Takes in what the store says now; gives those that are gone. */
    List<String> gone(Map<String, Long> beats, String self, long nanos) {
        seen.keySet().retainAll(beats.keySet());
        beats.forEach((proxy, count) -> seen.compute(
                proxy, (name, before) -> before != null && before.beats == count ? before : new Seen(count, nanos)));
        return seen.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(self))
                .filter(entry -> nanos - entry.getValue().atNanos >= LEASE.toNanos())
                .map(Map.Entry::getKey)
                .toList();
    }
}
