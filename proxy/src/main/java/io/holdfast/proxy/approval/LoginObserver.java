package io.holdfast.proxy.approval;

/** Sees who comes in to decide, and who tries to: the audit. */
@FunctionalInterface
public interface LoginObserver {
    /** Nobody looks. */
    LoginObserver NONE = (result, channel, who, address) -> {};

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
     * @param who the person, or the PostgreSQL user who belongs to none; empty: not known
     * @param address of the client
     */
    void observed(Result result, Channel channel, String who, String address);
}
