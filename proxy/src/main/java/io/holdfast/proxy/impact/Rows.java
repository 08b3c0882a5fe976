package io.holdfast.proxy.impact;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Rows that an UPDATE or DELETE would touch. */
public sealed interface Rows {
    /** The table, as written, with its alias. */
    String target();

    /**
     * Counted, cascades not included.
     *
     * @param rows as of the follower's state
     * @param atMost row security may keep the requester from some of them
     * @param moves the condition depends on the time, so that there may be more when it runs
     * @param server where
     */
    record Counted(String target, long rows, boolean atMost, boolean moves, String server) implements Rows {}

    /** The count did not end in time. */
    record TooMany(String target, Duration limit) implements Rows {}

    /**
     * Not counted.
     *
     * @param why for people; quotes nothing but names; which server, if one has said something
     * @param said what a server said besides, which may quote anything; null: nothing
     */
    record NotCounted(String target, String why, @Nullable String said) implements Rows {
        /** No server said anything. */
        public NotCounted(String target, String why) {
            this(target, why, null);
        }

        /** All of it. */
        public String words() {
            return said == null ? why : why + ": " + said;
        }
    }
}
