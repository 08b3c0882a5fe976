package io.holdfast.proxy.approval;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every hold that is open, and a bounded memory of those that have ended; guarded by the lock of {@link HoldService}. */
final class HoldBook {
    private final HoldLimits limits;
    private final Map<HoldId, Hold> open = new LinkedHashMap<>();
    private final LinkedHashMap<HoldId, HoldView> finished = new LinkedHashMap<>();
    private long openChars;
    private long finishedChars;

    HoldBook(HoldLimits limits) {
        this.limits = limits;
    }

    boolean hasRoomFor(HoldRequest request) {
        return open.size() < limits.open()
                && openChars + request.weight() <= limits.openChars()
                && open.values().stream()
                                .filter(hold -> hold.request.user().equals(request.user()))
                                .count()
                        < limits.openPerUser();
    }

    boolean knows(HoldId id) {
        return open.containsKey(id) || finished.containsKey(id);
    }

    void add(Hold hold) {
        open.put(hold.id, hold);
        openChars += hold.request.weight();
    }

    /** Null: not open. */
    @Nullable
    Hold open(HoldId id) {
        return open.get(id);
    }

    /** Null: not open before, or forgotten. */
    @Nullable
    HoldView finished(HoldId id) {
        return finished.get(id);
    }

    /** A copy, in the order of opening. */
    List<Hold> open() {
        return List.copyOf(open.values());
    }

    /** The latest first. */
    Collection<HoldView> finished() {
        return finished.reversed().values();
    }

    void finish(HoldView last) {
        open.remove(last.id());
        long weight = last.request().weight();
        openChars -= weight;
        finished.put(last.id(), last);
        finishedChars += weight;
        while (finished.size() > limits.finished() || finishedChars > limits.finishedChars()) {
            finishedChars -= finished.pollFirstEntry().getValue().request().weight();
        }
    }
}
