package io.holdfast.proxy.approval;

import org.jspecify.annotations.Nullable;

/** Sees who comes in to decide, and who tries to: the audit. */
@FunctionalInterface
public interface LoginObserver {
    /** Nobody looks. */
    LoginObserver NONE = (result, channel, person, user, address) -> {};

    /** What became of an attempt. */
    enum Result {
        SUCCEEDED,
        FAILED,
        /** Not even looked at, because there had been too many. */
        THROTTLED
    }

    /**
     * Called after the attempt; must not block.
     *
     * @param person null: not known, or the user belongs to none
     * @param user PostgreSQL user, as it was given; empty: this channel knows none
     * @param address of the client
     */
    void observed(Result result, Channel channel, @Nullable String person, String user, String address);
}
