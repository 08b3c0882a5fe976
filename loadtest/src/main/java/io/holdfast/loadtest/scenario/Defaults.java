package io.holdfast.loadtest.scenario;

import java.util.LinkedHashMap;

/** Options of a scenario and what they are unless given, in the order in which they are shown. */
final class Defaults extends LinkedHashMap<String, String> {
    private Defaults() {}

    static Defaults of(String name, String value) {
        return new Defaults().and(name, value);
    }

    Defaults and(String name, String value) {
        put(name, value);
        return this;
    }
}
