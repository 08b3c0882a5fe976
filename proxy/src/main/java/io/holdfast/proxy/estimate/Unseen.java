package io.holdfast.proxy.estimate;

import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.HashSet;
import java.util.Set;

/**
 * Where an open transaction may have changed rows that nobody else sees before it commits. Who first marks all rows and then deletes what
 * is marked would be counted as deleting none. Schemas are not looked at: of one name, all tables count as changed.
 *
 * @param anything it is not known where
 * @param names of tables
 */
public record Unseen(boolean anything, Set<String> names) {
    /** A transaction that has only just begun. */
    public static final Unseen NOTHING = new Unseen(false, Set.of());

    public Unseen {
        names = Set.copyOf(names);
    }

    /** What it is after this statement. */
    public Unseen after(StatementFacts statement) {
        if (statement.statementClass().compareTo(StatementClass.WRITE) < 0) {
            return this;
        }
        boolean namesAll = !statement.unparsed()
                && !statement.reliesOnNames()
                && (statement.statementClass() == StatementClass.WRITE
                        || !statement.relations().isEmpty());
        Set<String> more = new HashSet<>(names);
        statement.relations().forEach(relation -> more.add(relation.name()));
        return new Unseen(anything || !namesAll, more);
    }

    /** Whether rows of this table may be other ones there. */
    public boolean mayBeIn(RelationName table) {
        return anything || names.contains(table.name());
    }
}
