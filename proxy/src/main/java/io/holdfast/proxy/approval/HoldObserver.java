package io.holdfast.proxy.approval;

/** Sees every change of every hold: audit, metrics, notifications. */
@FunctionalInterface
public interface HoldObserver {
    /** Called in order and without a lock, on the thread of whoever caused it; must not block. */
    void observed(HoldChange change, HoldView view);
}
