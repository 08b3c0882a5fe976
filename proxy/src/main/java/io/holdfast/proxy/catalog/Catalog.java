package io.holdfast.proxy.catalog;

import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementFacts;
import org.jspecify.annotations.Nullable;

/** Says more of a statement than its text does: what the functions, views and tables do that it names. Safe for use by many threads. */
public sealed interface Catalog permits TextOnly, UnknownCatalog, KnownCatalog {
    /**
     * The same statement, with what is known here.
     *
     * @param facts as read from the text, not resolved before
     * @param text that the offsets of the facts are of; empty: not there to be looked at
     * @param fresh whether this catalog was read after the statement came: a name that is not in it does not exist, or was made by
     *     the very transaction, whose statements were all judged
     * @return may be {@code facts} itself
     */
    StatementFacts resolve(StatementFacts facts, byte[] text, boolean fresh);

    /** Whether the statement calls a function that is not in here; a new reading may have it. */
    boolean misses(StatementFacts facts);

    /** The function with this oid, unsigned, a built-in or a user's; null: not known. */
    @Nullable
    RelationName function(long oid);

    /** For those who have no server to ask: tables are tables, and functions that are no built-ins are opaque. */
    static Catalog textOnly() {
        return new TextOnly();
    }

    /** For as long as the server has not been asked, or does not answer: any name can stand for anything. */
    static Catalog unknown() {
        return new UnknownCatalog();
    }

    /** What a server has answered. */
    static Catalog of(CatalogRows rows) {
        return new CatalogReading(rows).catalog();
    }
}
