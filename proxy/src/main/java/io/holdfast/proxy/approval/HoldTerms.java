package io.holdfast.proxy.approval;

import java.time.Duration;

/** What ends the wait of a hold, apart from a denial, which always does. */
public sealed interface HoldTerms {
    /** Different persons whose approval releases it at once, at least 1. */
    int approvals();

    /** From opening to the deadline; positive. */
    Duration limit();

    /**
     * Expires unless enough people approve.
     *
     * @param approvals different persons needed, at least 1
     * @param timeout an undecided hold expires after this
     * @param clientWait the session stops waiting after this and leaves the hold open; at most {@code timeout}
     */
    record People(int approvals, Duration timeout, Duration clientWait) implements HoldTerms {
        public People {
            if (approvals < 1) {
                throw new IllegalArgumentException("approvals: " + approvals + " (expected: at least 1)");
            }
            requirePositive("timeout", timeout);
            requirePositive("clientWait", clientWait);
        }

        @Override
        public Duration limit() {
            return timeout;
        }
    }

    /**
     * Runs when the time is over unless somebody denies it.
     *
     * @param delay counted on a monotonic clock
     */
    record Delayed(Duration delay) implements HoldTerms {
        public Delayed {
            requirePositive("delay", delay);
        }

        /** Two persons may end the wait early, whatever other rules ask. */
        @Override
        public int approvals() {
            return 2;
        }

        @Override
        public Duration limit() {
            return delay;
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: positive)");
        }
    }
}
