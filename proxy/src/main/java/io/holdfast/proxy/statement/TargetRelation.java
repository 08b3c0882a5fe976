package io.holdfast.proxy.statement;

import java.util.HashSet;
import java.util.Set;

/** Relations that plain DML must not change: the system's own, and those in which a row is work for a scheduler. */
final class TargetRelation {
    private static final Set<String> SYSTEM = new HashSet<>(Resource.lines("system-relations.txt"));

    private TargetRelation() {}

    /** Notes the target of DML. */
    static void modified(Findings found, RelationName target) {
        found.relation(target);
        String schema = target.schema();
        if (isSystem(target)) {
            found.raise(StatementClass.DESTRUCTIVE, "changes " + target + ", which belongs to the system");
        } else if (schema != null && (schema.equals("cron") || schema.equals("pgagent"))) {
            found.raise(StatementClass.DESTRUCTIVE, "changes " + target + ", whose rows are run by a scheduler");
        }
    }

    /** A relation of the system's schemas, or of a name that those have. */
    static boolean isSystem(RelationName relation) {
        String schema = relation.schema();
        return schema == null
                ? SYSTEM.contains(relation.name())
                : schema.equals("pg_catalog") || schema.equals("information_schema") || schema.equals("pg_toast");
    }
}
