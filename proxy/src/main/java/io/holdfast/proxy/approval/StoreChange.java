package io.holdfast.proxy.approval;

import java.time.Instant;

/** A transaction that excludes all others. */
public interface StoreChange extends StoreView {
    /**
     * Keeps a new hold.
     *
     * @param by the proxy that changes it
     */
    void add(HoldRecord hold, String by);

    /**
     * Keeps what has become of a hold.
     *
     * @param by the proxy that changes it
     */
    void update(HoldRecord hold, String by);

    /** Forgets the oldest that have ended, down to the limits. */
    void prune(HoldLimits limits);

    /**
     * Remembers that this person has released this hold alone, now.
     *
     * @param since what was before need not be remembered any more
     */
    void breakGlass(String person, HoldId id, Instant since);

    /** Freezes, in place of what is frozen in the same database, or in all. */
    void put(Freeze freeze);

    /** Ends the freeze of that database, or of all. */
    void remove(Freeze freeze);

    /** The proxy lives; it is known from now on. */
    void beat(String proxy);

    /** The proxy is gone. */
    void leave(String proxy);
}
