package io.holdfast.proxy.session;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A state machine as a table of pairs; what is not in the table does not exist.
 *
 * @param <P> the phases
 * @param <E> the events
 */
final class Transitions<P extends Enum<P>, E extends Enum<E>> {
    private final Map<P, Map<E, P>> table;

    private Transitions(Map<P, Map<E, P>> table) {
        this.table = table;
    }

    static <P extends Enum<P>, E extends Enum<E>> Builder<P, E> of(Class<P> phases, Class<E> events) {
        return new Builder<>(phases, events);
    }

    /** The phase that follows, or empty where the pair is a violation. */
    Optional<P> next(P phase, E event) {
        Map<E, P> row = table.get(phase);
        return row == null ? Optional.empty() : Optional.ofNullable(row.get(event));
    }

    /** Collects pairs; the same pair twice is a mistake in the table. */
    static final class Builder<P extends Enum<P>, E extends Enum<E>> {
        private final Class<P> phases;
        private final Class<E> events;
        private final Map<P, Map<E, P>> table;

        private Builder(Class<P> phases, Class<E> events) {
            this.phases = phases;
            this.events = events;
            this.table = new EnumMap<>(phases);
        }

        Builder<P, E> on(P from, E event, P to) {
            P earlier = table.computeIfAbsent(from, _ -> new EnumMap<>(events)).put(event, to);
            if (earlier != null) {
                throw new IllegalStateException(
                        "pair: " + from + " x " + event + " (already leads to " + earlier + ')');
            }
            return this;
        }

        Builder<P, E> fromAny(E event, P to) {
            for (P from : phases.getEnumConstants()) {
                on(from, event, to);
            }
            return this;
        }

        Transitions<P, E> build() {
            return new Transitions<>(table);
        }
    }
}
