package io.holdfast.proxy.metrics;

/** Where a unit went. */
public enum Route {
    FOLLOWER,
    PRIMARY,
    /** To no server: refused, or answered by the proxy. */
    NONE
}
