package io.holdfast.proxy.impact;

/** What a statement does to a table that it names. */
enum Verb {
    READ,
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE,
    DROP,
    /** Drops whatever is in the schema of this name. */
    DROP_SCHEMA,
    /** Drops the database of this name. */
    DROP_DATABASE,
    /** Something else, which changes no rows. */
    OTHER
}
