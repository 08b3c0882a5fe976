package io.holdfast.proxy.metrics;

/** What was decided; a delay is a hold. */
public enum VerdictKind {
    FORWARD,
    HOLD,
    REFUSE
}
