package io.holdfast.proxy.impact;

import io.holdfast.proxy.impact.Reach.Effect;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows foreign keys from the tables of a statement to their end, each table once for each effect on it, so that circles end. */
final class Cascades {
    /** Beyond, nobody reads on. */
    static final int MOST = 200;

    /** Foreign keys that reference these tables. */
    @FunctionalInterface
    interface Lookup {
        List<ForeignKey> referencing(Collection<Long> tables) throws SQLException;
    }

    /** A table that a foreign key leads to; depth 1 is next to the statement's own. */
    record Step(ForeignKey key, Effect effect, int depth) {}

    /** @param columns that change; null: any may */
    private record Change(long table, Verb verb, @Nullable Set<String> columns) {}

    private record Seen(long table, Effect effect) {}

    private final Lookup lookup;
    private final boolean cascade;
    private final Set<Long> start;
    private final List<Step> steps = new ArrayList<>();
    private final Set<Seen> seen = new HashSet<>();
    private Deque<Change> next = new ArrayDeque<>();

    private Cascades(Lookup lookup, boolean cascade, Set<Long> start) {
        this.lookup = lookup;
        this.cascade = cascade;
        this.start = start;
    }

    /**
     * All that is reached, the nearest first; at most {@value #MOST}.
     *
     * @param start tables that the statement changes, their heirs included
     * @param cascade TRUNCATE or DROP says CASCADE
     * @param updated columns that an UPDATE names; empty: not known, any may change
     */
    static List<Step> of(Map<Long, Verb> start, boolean cascade, Set<String> updated, Lookup lookup)
            throws SQLException {
        Cascades cascades = new Cascades(lookup, cascade, start.keySet());
        start.forEach((table, verb) ->
                cascades.next.add(new Change(table, verb, verb == Verb.UPDATE && !updated.isEmpty() ? updated : null)));
        int depth = 1;
        while (!cascades.next.isEmpty() && cascades.steps.size() < MOST) {
            cascades.level(depth++);
        }
        return cascades.steps;
    }

    private void level(int depth) throws SQLException {
        Deque<Change> changes = next;
        next = new ArrayDeque<>();
        List<ForeignKey> keys = lookup.referencing(
                changes.stream().map(Change::table).distinct().toList());
        for (Change change : changes) {
            for (ForeignKey key : keys) {
                if (key.parent() == change.table()) {
                    follow(change, key, depth);
                }
            }
        }
    }

    private void follow(Change change, ForeignKey key, int depth) {
        Effect effect = effect(change, key);
        if (effect == null || !seen.add(new Seen(key.child(), effect)) || steps.size() >= MOST) {
            return;
        }
        steps.add(new Step(key, effect, depth));
        effect.event().ifPresent(verb -> {
            Set<String> columns = verb == Verb.UPDATE ? Set.copyOf(key.childColumns()) : null;
            next.add(new Change(key.child(), verb, columns));
        });
    }

    private @Nullable Effect effect(Change change, ForeignKey key) {
        return switch (change.verb()) {
            case DELETE, UPDATE -> ofRows(change.verb(), change.columns(), key);
            case TRUNCATE -> goesAlong(key, Effect.TRUNCATES);
            case DROP -> goesAlong(key, Effect.DROPS_CONSTRAINT);
            case READ, INSERT, DROP_SCHEMA, DROP_DATABASE, OTHER -> null;
        };
    }

    private @Nullable Effect goesAlong(ForeignKey key, Effect cascading) {
        if (start.contains(key.child())) {
            return null; // the statement names it anyway
        }
        return cascade ? cascading : Effect.REFUSES;
    }

    /**
     * What becomes of rows that refer to those which an UPDATE or DELETE touches.
     *
     * @param columns that change; null: any may
     * @return null: nothing
     */
    static @Nullable Effect ofRows(Verb verb, @Nullable Set<String> columns, ForeignKey key) {
        return switch (verb) {
            case DELETE -> effect(key.onDelete(), Effect.DELETES_ROWS);
            case UPDATE -> touchesKey(columns, key) ? effect(key.onUpdate(), Effect.UPDATES_KEYS) : null;
            case READ, INSERT, TRUNCATE, DROP, DROP_SCHEMA, DROP_DATABASE, OTHER -> null;
        };
    }

    private static boolean touchesKey(@Nullable Set<String> columns, ForeignKey key) {
        return columns == null || key.parentColumns().stream().anyMatch(columns::contains);
    }

    private static Effect effect(char action, Effect cascading) {
        return switch (action) {
            case 'c' -> cascading;
            case 'n' -> Effect.SETS_NULL;
            case 'd' -> Effect.SETS_DEFAULT;
            default -> Effect.REFUSES;
        };
    }
}
