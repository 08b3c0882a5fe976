package io.holdfast.proxy.catalog;

import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.value.KnownTypes;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The catalogs of all databases. Every method returns at once, on any thread. */
public interface CatalogSource {
    /** What is known now; asking makes sure that soon more is. */
    Catalog current(String database);

    /** What a reading finds that begins after this call; fails if there can be none. */
    CompletionStage<Catalog> refreshed(String database);

    /** What is known may no longer be true: somebody has changed the schema. */
    void changed(String database);

    /**
     * What these names stand for on the primary, seen after this call and answered within a few seconds; fails if that cannot be known.
     *
     * @param names of relations, functions and schemas; without a schema: in any, but for temporary ones
     */
    CompletionStage<NamedObjects> objects(String database, Set<RelationName> names);

    /**
     * What these types of the database are made of, and which types functions take, seen after this call and answered within a few seconds;
     * fails if that cannot be known.
     *
     * @param types by OID, unsigned
     * @param functions by OID, unsigned
     */
    CompletionStage<KnownTypes> types(String database, Set<Integer> types, Set<Integer> functions);
}
