package io.holdfast.proxy.session;

/** Which of a session's two upstream connections. */
public enum LegRole {
    PRIMARY,
    FOLLOWER
}
