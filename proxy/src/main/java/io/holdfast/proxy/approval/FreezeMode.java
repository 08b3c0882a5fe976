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

    /** For people and the API, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
