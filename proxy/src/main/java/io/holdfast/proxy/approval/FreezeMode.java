package io.holdfast.proxy.approval;

import java.util.Locale;

/** What a freeze does to those who write. */
public enum FreezeMode {
    /** New writes are refused; transactions that have written may finish. */
    REFUSE,
    /** New writes wait for the thaw; transactions that have written may finish. */
    WAIT,
    /** New writes are refused, and sessions that are writing are ended. */
    NOW;

    /** Whether it stops less than the other. */
    boolean isMilderThan(FreezeMode other) {
        return strictness() < other.strictness();
    }

    private int strictness() {
        return switch (this) {
            case WAIT -> 0; // what waits runs in the end
            case REFUSE -> 1;
            case NOW -> 2;
        };
    }

    /** For people and the API, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
