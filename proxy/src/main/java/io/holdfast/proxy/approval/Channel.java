package io.holdfast.proxy.approval;

/** Where a person decided. */
public enum Channel {
    CONSOLE,
    HTTP,
    SLACK,
    WEB
}
