package io.holdfast.proxy.impact;

/**
 * A trigger that would run.
 *
 * @param table with its schema; empty: an event trigger, of the whole database
 * @param trigger its name
 * @param when such as {@code before each deleted row}
 * @param function with its schema
 */
public record Firing(String table, String trigger, String when, String function) {}
