package io.holdfast.proxy.catalog;

/**
 * A table, view or the like.
 *
 * @param read what happens when it is read
 * @param write what happens besides when rows of it are written
 * @param refresh what happens when it is computed anew
 */
record Relation(String schema, String name, Code read, Code write, Code refresh) {}
