package io.holdfast.proxy.session;

import io.holdfast.proxy.statement.SessionEffect.Kind;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Why a session reads from the primary: what it has there, and nowhere else. What is given up again pins no longer. */
final class Pins {
    /** Beyond, only DISCARD ALL helps; what one session names must not grow for ever. */
    private static final int MAX = 1_000;

    private record Key(Kind kind, String name) {}

    private final LinkedHashMap<Key, String> reasons = new LinkedHashMap<>();

    /** The newest reason; null: there is none. */
    @Nullable
    String reason() {
        return reasons.isEmpty() ? null : reasons.lastEntry().getValue();
    }

    /** Until {@link #clear()}. */
    void add(String reason) {
        add(Kind.OTHER, reason, reason);
    }

    void add(Kind kind, String name, String reason) {
        if (reasons.size() >= MAX) {
            reasons.putIfAbsent(new Key(Kind.OTHER, ""), "too much to follow");
        } else {
            reasons.putLast(new Key(kind, name), reason);
        }
    }

    /** It is given up; {@code name} null: all of the kind. */
    void remove(Kind kind, @Nullable String name) {
        reasons.keySet().removeIf(key -> key.kind == kind && (name == null || key.name.equals(name)));
    }

    /** DISCARD ALL: nothing is left. */
    void clear() {
        reasons.clear();
    }
}
