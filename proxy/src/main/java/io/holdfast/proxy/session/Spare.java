package io.holdfast.proxy.session;

/**
 * A statement that is prepared on a leg because a Query names it. If that fails, nobody is told: the Query itself finds the name
 * missing.
 *
 * @param name byte-exact
 */
record Spare(String name) {}
