package io.holdfast.proxy.testing;

import io.holdfast.proxy.catalog.Catalog;
import io.holdfast.proxy.catalog.CatalogRows;
import io.holdfast.proxy.catalog.CatalogSource;
import io.holdfast.proxy.catalog.NamedObjects;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.value.KnownTypes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Of every database: it has nothing but what PostgreSQL brings. Names that are not in it are taken for tables and functions to come. */
public final class FixedCatalog implements CatalogSource {
    private static final int MOOD = 90_000;
    private static final int LO_UNLINK = 964;
    private static final int OID = 26;

    private final Catalog empty =
            Catalog.of(new CatalogRows(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of()));

    private final SortedMap<String, String> objects = new TreeMap<>();

    /** From now on a name stands for this. */
    public void becomes(String name, String version) {
        objects.put(name, version);
    }

    @Override
    public Catalog current(String database) {
        return empty;
    }

    @Override
    public CompletionStage<Catalog> refreshed(String database) {
        return CompletableFuture.completedStage(empty);
    }

    @Override
    public void changed(String database) {
        // It never does.
    }

    /** What every server has, and this enum. */
    @Override
    public CompletionStage<KnownTypes> types(String database, Set<Integer> types, Set<Integer> functions) {
        KnownTypes.Row mood = new KnownTypes.Row(MOOD, "mood", "enum_recv", 0, 0, ',');
        return CompletableFuture.completedStage(KnownTypes.of(List.of(mood), Map.of(LO_UNLINK, List.of(OID))));
    }

    @Override
    public CompletionStage<NamedObjects> objects(String database, Set<RelationName> names) {
        return CompletableFuture.completedStage(new NamedObjects(objects, Collections.emptySortedMap()));
    }
}
