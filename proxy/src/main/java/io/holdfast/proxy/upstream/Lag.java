package io.holdfast.proxy.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How old a standby's state is at most. {@code now() - pg_last_xact_replay_timestamp()} alone would not do: it grows on a standby that
 * has everything while the primary is idle. So it is measured against our own samples of the primary, to one poll interval.
 */
final class Lag {
    private Lag() {}

    /** Null: not known, because the standby is behind all samples and does not know the age of what it replayed last. */
    static @Nullable Duration of(HostAnswer.Standby standby, LsnSamples primary) {
        int covered = primary.newestCoveredBy(standby.replayLsn());
        if (covered < 0) {
            return standby.replayAge(); // by the servers' clocks, so only where nothing better is known
        }
        int missing = covered + 1;
        if (missing == primary.size() || primary.sentAt(missing) - standby.receivedAt() > 0) {
            return Duration.ZERO; // nothing is known to have been missing when it answered
        }
        return Duration.ofNanos(standby.receivedAt() - primary.sentAt(covered));
    }
}
