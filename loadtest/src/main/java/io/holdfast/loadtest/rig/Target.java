package io.holdfast.loadtest.rig;

import org.jspecify.annotations.Nullable;

/**
 * What a load is put on.
 *
 * @param name in tables
 * @param port on loopback
 * @param tls whether clients encrypt
 * @param child in front of the server; null: there is nothing, it is the server itself
 */
public record Target(
        String name, int port, boolean tls, @Nullable Child child) {
    /** Whether this is what all others are compared with. */
    public boolean isBaseline() {
        return name.equals(Kind.DIRECT.label());
    }
}
