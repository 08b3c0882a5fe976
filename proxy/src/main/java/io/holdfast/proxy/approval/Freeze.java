package io.holdfast.proxy.approval;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes have been stopped. Immutable.
 *
 * @param database null: in every database
 * @param person name of who did it
 * @param reason never empty
 * @param since by the store's clock, for display
 * @param thaws names of the different persons who want it to end
 * @param easing who wants a milder one in its place; null: nobody
 */
public record Freeze(
        @Nullable String database,
        FreezeMode mode,
        String person,
        String reason,
        Instant since,
        List<String> thaws,
        @Nullable Easing easing) {
    private static final int NAME_BYTES = 63;

    public Freeze {
        thaws = List.copyOf(thaws);
    }

    /** Nobody wants a milder one. */
    public Freeze(
            @Nullable String database,
            FreezeMode mode,
            String person,
            String reason,
            Instant since,
            List<String> thaws) {
        this(database, mode, person, reason, since, thaws, null);
    }

    Freeze withThaw(String name) {
        List<String> more = new ArrayList<>(thaws);
        more.add(name);
        return new Freeze(database, mode, person, reason, since, more, easing);
    }

    Freeze withEasing(Easing wanted) {
        return new Freeze(database, mode, person, reason, since, thaws, wanted);
    }

    /** Whether a database can have the name: 1 to 63 bytes, and no zero byte. */
    static boolean mayBeDatabase(String name) {
        return !name.isEmpty() && name.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES && name.indexOf('\0') < 0;
    }

    /** Whether it stops this database's writes. */
    public boolean covers(String name) {
        return database == null || database.equals(name);
    }

    /** Whether this person may freeze. For display: freezing asks again. */
    public static boolean mayFreeze(Person who) {
        return ThawRule.objection(who).isEmpty();
    }

    /** Why this person's word would not help to thaw it; empty: it would. For display: thawing asks again. */
    public Optional<FreezeAnswer.Reason> objectionToThaw(Person who) {
        return ThawRule.objection(this, who);
    }

    /** Different persons who must want it to end, besides those who do; at least 1. */
    public int thawsMissing() {
        return ThawRule.missing(thaws);
    }

    /** For people: {@code all databases}, or which one. */
    public String scope() {
        return database == null ? "all databases" : "database " + database;
    }
}
