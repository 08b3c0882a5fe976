package io.holdfast.proxy.impact;

import io.holdfast.proxy.impact.Reach.Effect;
import io.holdfast.proxy.impact.Relations.Tree;
import io.holdfast.proxy.insight.StatementInsight;
import io.holdfast.proxy.statement.RelationName;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows to which foreign keys lead from those that a statement touches, table by table, as long as there are any. A table that is
 * reached on two ways is counted twice: too many rather than too few.
 */
final class CascadeRows {
    /** Counts of one statement. */
    private static final int MOST = 50;

    /** Counts a set of rows. */
    @FunctionalInterface
    interface Counter {
        /**
         * Their number.
         *
         * @param table that they are in
         */
        long count(RowSet rows, Tree table) throws SQLException, Uncountable;
    }

    /** Rows that change. */
    record Changed(
            RowSet rows, Tree table, Verb verb, @Nullable Set<String> columns) {
        /**
         * The rows that a statement itself changes in one table.
         *
         * @param name of the table, as the statement has it
         */
        static Changed by(StatementText text, StatementInsight insight, RowSet rows, RelationName name, Tree table) {
            Verb verb = Targets.of(text.facts(), text.tokens()).stream()
                    .filter(target -> target.name().equals(name))
                    .map(Target::verb)
                    .findFirst()
                    .orElse(Verb.DELETE);
            Set<String> columns = verb == Verb.UPDATE ? Survey.updated(insight) : Set.of();
            return new Changed(rows, table, verb, columns.isEmpty() ? null : columns);
        }
    }

    private record Key(long child, List<String> columns, List<String> parentColumns) {}

    private final Relations relations;
    private final Cascades.Lookup keys;
    private final Counter counter;
    private final long enough;
    private long sum;
    private int counts;

    /** @param enough more rows than this are not counted */
    CascadeRows(Relations relations, Cascades.Lookup keys, Counter counter, long enough) {
        this.relations = relations;
        this.keys = keys;
        this.counter = counter;
        this.enough = enough;
    }

    /** How many rows beside the changed ones themselves. */
    long behind(Changed changed) throws SQLException, Uncountable {
        follow(changed, Set.of(changed.table().root().oid()));
        return sum;
    }

    private void follow(Changed changed, Set<Long> way) throws SQLException, Uncountable {
        Set<Key> seen = new HashSet<>(); // the partitions of a table have the keys that refer to it once more
        List<Long> parts =
                changed.table().parts().stream().map(Relations.Relation::oid).toList();
        for (ForeignKey key : keys.referencing(parts)) {
            Effect effect = Cascades.ofRows(changed.verb(), changed.columns(), key);
            boolean isNew = seen.add(new Key(key.child(), key.childColumns(), key.parentColumns()));
            if (isNew && effect != null && effect.changes() && sum <= enough) {
                follow(changed, key, effect, way);
            }
        }
    }

    private void follow(Changed changed, ForeignKey key, Effect effect, Set<Long> way)
            throws SQLException, Uncountable {
        if (++counts > MOST) {
            throw new Uncountable("foreign keys lead to too many tables");
        }
        Tree child = relations.unmeasured(List.of(key.child())).get(key.child());
        if (child == null) {
            throw new Uncountable(key.childName() + " is gone");
        }
        RowSet rows = changed.rows().referencing(key, child.root());
        long reached = counter.count(rows, child);
        sum += reached;
        if (reached == 0 || sum > enough) {
            return;
        }
        if (way.contains(key.child())) {
            throw new Uncountable("a foreign key leads back to " + key.childName());
        }
        Set<Long> further = new LinkedHashSet<>(way);
        further.add(key.child());
        Verb verb = effect.event().orElseThrow();
        follow(new Changed(rows, child, verb, verb == Verb.UPDATE ? Set.copyOf(key.childColumns()) : null), further);
    }
}
