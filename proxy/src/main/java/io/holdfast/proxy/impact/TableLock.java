package io.holdfast.proxy.impact;

/**
 * A lock that a statement takes.
 *
 * @param table with its schema
 */
public record TableLock(String table, LockMode mode) {}
