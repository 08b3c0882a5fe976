package io.holdfast.config.load;

import java.util.HashMap;
import java.util.Map;

/** Things that the file may name once only. */
final class Once {
    private final String expected;
    private final Map<Object, String> firstPaths = new HashMap<>();

    /** Tells people {@code expected} when something is there again. */
    Once(String expected) {
        this.expected = expected;
    }

    /** Whether the thing that {@code where} says is new; a problem is reported if not. */
    boolean add(Object thing, Value where) {
        String first = firstPaths.putIfAbsent(thing, where.path());
        if (first != null) {
            where.problem(where.shown() + ", already at " + first, expected);
        }
        return first == null;
    }
}
