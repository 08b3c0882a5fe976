package io.holdfast.proxy.catalog;

/**
 * A function, procedure or aggregate that is no built-in.
 *
 * @param isVolatile says who made it
 */
record Routine(String schema, String name, boolean isVolatile, Code code) {}
