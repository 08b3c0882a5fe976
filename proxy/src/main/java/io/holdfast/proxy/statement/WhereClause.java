package io.holdfast.proxy.statement;

/** Which rows an UPDATE or DELETE says it touches. */
public enum WhereClause {
    /** Not an UPDATE or DELETE. */
    NOT_APPLICABLE,
    ABSENT,
    /** True for every row: {@code true}, {@code 1=1}, {@code id = id}. */
    ALWAYS_TRUE,
    PRESENT
}
