package io.holdfast.proxy.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of the locks of a released statement that has been running for a while. */
public sealed interface LockReport {
    /**
     * It waits.
     *
     * @param lock mode and object, such as {@code AccessExclusiveLock on relation public.orders}
     * @param since when the wait began, by the server's clock
     * @param waited for so long when it was looked
     * @param seen when that was; by the control store's clock once it is there
     * @param blockers who is in the way, the oldest transaction first
     * @param unlisted more of them, which are not named
     */
    record Waiting(String lock, Instant since, Duration waited, Instant seen, List<Blocker> blockers, int unlisted)
            implements LockReport {
        public Waiting {
            blockers = List.copyOf(blockers);
        }

        /** Whether it is one and the same wait. */
        boolean isSameAs(Waiting other) {
            return since.equals(other.since) && lock.equals(other.lock);
        }

        /** Whether somebody else is in the way, or does something else. */
        boolean differsIn(Waiting other) {
            return unlisted != other.unlisted || !blockers.equals(other.blockers);
        }

        Waiting seenAt(Instant now) {
            return new Waiting(lock, since, waited, now, blockers, unlisted);
        }

        /** The same a while later, if nothing has changed. */
        @Override
        public Waiting asOf(Instant now) {
            Duration later = Duration.between(seen, now);
            return later.isNegative() ? this : new Waiting(lock, since, waited.plus(later), now, blockers, unlisted);
        }

        @Override
        public Waiting inPublic() {
            return new Waiting(
                    lock,
                    since,
                    waited,
                    seen,
                    blockers.stream().map(Blocker::inPublic).toList(),
                    unlisted);
        }
    }

    /**
     * It cannot be told whether it waits.
     *
     * @param why in a few words
     * @param last what it waited for when it could be told last, and an alarm was raised; null: nothing
     */
    record Unknown(String why, @Nullable Waiting last) implements LockReport {}

    /** What it is known to wait for, or was last. Null: nothing. */
    default @Nullable Waiting waiting() {
        return switch (this) {
            case Waiting waiting -> waiting;
            case Unknown(var why, var last) -> last;
        };
    }

    /** The same a while later. */
    default LockReport asOf(Instant now) {
        return switch (this) {
            case Waiting waiting -> waiting.asOf(now);
            case Unknown unknown -> unknown;
        };
    }

    /** For who may not know where others are and what they send. */
    default LockReport inPublic() {
        return switch (this) {
            case Waiting waiting -> waiting.inPublic();
            case Unknown(var why, var last) -> new Unknown(why, last == null ? null : last.inPublic());
        };
    }
}
