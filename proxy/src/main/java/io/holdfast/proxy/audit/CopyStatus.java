package io.holdfast.proxy.audit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far the copy of a log is.
 *
 * @param copied number of the last entry that it has; negative: not known, since it has not answered yet
 * @param written number of the last entry in the log
 * @param behindFor since when it has not had all of them; zero: it has
 * @param why it is behind; null: there is nothing wrong
 */
public record CopyStatus(
        long copied,
        long written,
        Duration behindFor,
        @Nullable String why) {
    /** What takes longer is more than the pace of a busy log. */
    private static final Duration LATE = Duration.ofSeconds(10);

    /** Entries that it has not; NaN: not known. */
    public double pending() {
        return copied < 0 ? Double.NaN : Math.max(0, written - copied);
    }

    public boolean isLate() {
        return behindFor.compareTo(LATE) > 0;
    }

    /** For people, lower case. */
    public String words() {
        if (behindFor.isZero()) {
            return "complete, up to entry " + copied;
        }
        String missing =
                copied < 0 ? "has not answered yet" : "lacks " + (written - copied) + " of " + written + " entries";
        return missing + ", behind for " + behindFor.toSeconds() + "s" + (why == null ? "" : ": " + why);
    }
}
