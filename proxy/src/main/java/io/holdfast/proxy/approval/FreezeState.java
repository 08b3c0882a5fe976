package io.holdfast.proxy.approval;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is frozen at a moment. Immutable; asked for every unit. */
public final class FreezeState {
    /** Nothing. */
    static final FreezeState NONE = new FreezeState(List.of());

    private static final String NOT_KNOWN = "the control store has not said yet whether writes are frozen";

    private final List<Freeze> freezes;
    private final boolean known;

    FreezeState(List<Freeze> freezes) {
        this(freezes, true);
    }

    private FreezeState(List<Freeze> freezes, boolean known) {
        this.known = known;
        this.freezes =
                freezes.stream().sorted(Comparator.comparing(Freeze::scope)).toList();
    }

    /** Before the control store was first asked: what was frozen before must not thaw by a restart. */
    static FreezeState unknown(Instant now) {
        Freeze freeze = new Freeze(null, FreezeMode.REFUSE, "holdfast", NOT_KNOWN, now, List.of());
        return new FreezeState(List.of(freeze), false);
    }

    /** False: the control store has not been asked yet, or has not answered, since the start. */
    public boolean isKnown() {
        return known;
    }

    /** The one for all databases first. */
    public List<Freeze> freezes() {
        return freezes;
    }

    /** Whether people would be told the same. */
    boolean isSame(FreezeState other) {
        return known == other.known && freezes.equals(other.freezes);
    }

    /** The freeze that stops writes in a database; of two, one that refuses. Null: none. */
    public @Nullable Freeze of(String database) {
        if (freezes.isEmpty()) {
            return null; // nearly always, and for every write
        }
        Freeze found = null;
        for (Freeze freeze : freezes) {
            if (freeze.covers(database) && (found == null || found.mode() == FreezeMode.WAIT)) {
                found = freeze;
            }
        }
        return found;
    }
}
