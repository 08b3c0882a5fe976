package io.holdfast.proxy.statement;

/** What every PostgreSQL server has. */
public final class BuiltIns {
    private BuiltIns() {}

    /** A function that is known to do nothing but read, or compute. */
    public static boolean onlyReads(RelationName function) {
        return CallReader.effect(function) == FunctionEffect.HARMLESS;
    }

    /** A relation of the system's schemas, or of a name that only those have. */
    public static boolean isSystemRelation(RelationName relation) {
        return TargetRelation.isSystem(relation);
    }
}
