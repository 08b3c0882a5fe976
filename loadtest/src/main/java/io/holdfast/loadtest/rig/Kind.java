package io.holdfast.loadtest.rig;

import java.util.Arrays;
import java.util.List;

/** The targets there are. */
public enum Kind {
    /** The server itself: the baseline, always there. */
    DIRECT("direct"),
    /** A bare Netty relay that looks at nothing: what Netty and the kernel cost, so that what is above it is Holdfast's. */
    RELAY("relay"),
    /** Holdfast as it comes: preset guardrail. */
    HOLDFAST("holdfast"),
    /** The same with other options of the JVM, to find out what they do. */
    VARIANT("holdfast-variant"),
    /** Holdfast with preset observe, which reads and judges everything, too, and holds nothing. */
    OBSERVE("holdfast-observe"),
    /** HAProxy in TCP mode. */
    HAPROXY("haproxy"),
    /** PgBouncer with session pools. */
    PGBOUNCER("pgbouncer");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /** In tables and options. */
    public String label() {
        return label;
    }

    /** Names for the option {@code only}: all but the baseline. */
    public static List<String> choices() {
        return Arrays.stream(values())
                .filter(kind -> kind != DIRECT)
                .map(Kind::label)
                .toList();
    }

    /** The kind of that label. */
    public static Kind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("target: " + label));
    }
}
