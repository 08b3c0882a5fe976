package io.holdfast.proxy.impact;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Locks on tables, from the weakest to the strongest.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES">Table-Level Locks</a>
 */
public enum LockMode {
    ACCESS_SHARE("AccessShareLock", "nobody may alter or drop it"),
    ROW_SHARE("RowShareLock", "others read and write on"),
    ROW_EXCLUSIVE("RowExclusiveLock", "others read and write other rows"),
    SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusiveLock", "others read and write; VACUUM and changes of the schema wait"),
    SHARE("ShareLock", "others read, nobody writes"),
    SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock", "others read, nobody writes"),
    EXCLUSIVE("ExclusiveLock", "others read, nobody writes"),
    ACCESS_EXCLUSIVE("AccessExclusiveLock", "nobody reads or writes");

    private final String inViews;
    private final String words;

    LockMode(String inViews, String words) {
        this.inViews = inViews;
        this.words = words;
    }

    /** As pg_locks has it; empty: it is no lock that anybody waits for. */
    static Optional<LockMode> of(String inViews) {
        for (LockMode mode : values()) {
            if (mode.inViews.equals(inViews)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    /** As LOCK TABLE has it: {@code ACCESS EXCLUSIVE}. */
    public String label() {
        return name().replace('_', ' ');
    }

    /** What it means to others, for people. */
    public String words() {
        return words;
    }

    /** Whether two sessions cannot have these on one table at once. */
    public boolean conflictsWith(LockMode other) {
        return conflicts().contains(other);
    }

    private Set<LockMode> conflicts() {
        return switch (this) {
            case ACCESS_SHARE -> EnumSet.of(ACCESS_EXCLUSIVE);
            case ROW_SHARE -> EnumSet.of(EXCLUSIVE, ACCESS_EXCLUSIVE);
            case ROW_EXCLUSIVE -> EnumSet.range(SHARE, ACCESS_EXCLUSIVE);
            case SHARE_UPDATE_EXCLUSIVE -> EnumSet.range(SHARE_UPDATE_EXCLUSIVE, ACCESS_EXCLUSIVE);
            case SHARE -> {
                Set<LockMode> all = EnumSet.range(ROW_EXCLUSIVE, ACCESS_EXCLUSIVE);
                all.remove(SHARE);
                yield all;
            }
            case SHARE_ROW_EXCLUSIVE -> EnumSet.range(ROW_EXCLUSIVE, ACCESS_EXCLUSIVE);
            case EXCLUSIVE -> EnumSet.range(ROW_SHARE, ACCESS_EXCLUSIVE);
            case ACCESS_EXCLUSIVE -> EnumSet.allOf(LockMode.class);
        };
    }

    /** The stronger of the two. */
    LockMode max(LockMode other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public String toString() {
        return label().toLowerCase(Locale.ROOT);
    }
}
