package io.holdfast.proxy.approval;

/** What an observer is told; the view's state says the rest. */
public enum HoldChange {
    OPENED,
    /** The view's last vote is new. A vote that decides is followed by DECIDED. */
    VOTED,
    /** The view's last vote is that of somebody who releases it alone. Followed by DECIDED. */
    GLASS_BROKEN,
    /** The client stopped waiting; the hold did not end. */
    DETACHED,
    /** Approved, granted, denied, expired or withdrawn. */
    DECIDED,
    /** A session has it and is about to run it. */
    CLAIMED,
    /** The restore point of one that is about to run is known, or that there is none. */
    MARKED,
    /** It runs, and has been waiting for a lock for long. */
    LOCK_WAIT,
    /** It still waits for that lock. */
    LOCK_WAIT_LASTS,
    /** It does not wait for that lock any more, and still runs. If it ends, that alone is told. */
    LOCK_WAIT_OVER,
    /** A person wants it ended while it runs. */
    CANCELLED,
    /** The outcome is known, or known to be unknown. */
    FINISHED
}
