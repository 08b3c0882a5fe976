package io.holdfast.proxy.statement;

/** How dangerous a statement is. The order matters: a unit has the highest class in it. */
public enum StatementClass {
    /** May go to the follower. */
    READ,
    /** Changes only the state of the session or transaction. */
    SESSION,
    /** Ordinary DML; primary. */
    WRITE,
    /** Additive DDL. */
    SCHEMA,
    /** Plants or swaps code that later statements run. */
    CODE,
    /** Cluster, roles, storage, maintenance. */
    ADMIN,
    /** Loses data, cannot be undone, or is not known well enough to say that it does not. */
    DESTRUCTIVE;

    /** The higher of the two. */
    public StatementClass max(StatementClass other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
