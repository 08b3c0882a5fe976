package io.holdfast.loadtest.scenario;

import org.jspecify.annotations.Nullable;

/**
 * What a load is put on.
 *
 * @param child in front of the server; null: the server itself
 */
record Target(String name, int port, @Nullable Child child) {
    static Target of(String name, Child child) {
        return new Target(name, child.port(), child);
    }
}
