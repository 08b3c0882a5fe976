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
    /** The outcome is known, or known to be unknown. */
    FINISHED
}
