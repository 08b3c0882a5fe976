package io.holdfast.proxy.approval;

/** Sees what this proxy's people freeze and thaw: the audit. */
@FunctionalInterface
public interface FreezeObserver {
    /** What was done. */
    enum Change {
        FROZEN,
        /** Somebody wants a milder freeze; the last of {@link Freeze#easing}. */
        EASE_ASKED,
        /** Somebody wants the thaw; the last of {@link Freeze#thaws}. */
        THAW_ASKED,
        /** That was enough. */
        THAWED
    }

    /** Called behind the transaction, on the thread of who caused it; must not block. */
    void observed(Change change, Freeze freeze, Actor by);
}
