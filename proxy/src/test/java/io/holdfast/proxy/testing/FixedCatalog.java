package io.holdfast.proxy.testing;

import io.holdfast.proxy.catalog.Catalog;
import io.holdfast.proxy.catalog.CatalogRows;
import io.holdfast.proxy.catalog.CatalogSource;
import io.holdfast.proxy.catalog.NamedObjects;
import io.holdfast.proxy.statement.RelationName;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Of every database: it has nothing but what PostgreSQL brings. Names that are not in it are taken for tables and functions to come. */
public final class FixedCatalog implements CatalogSource {
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

    @Override
    public CompletionStage<NamedObjects> objects(String database, Set<RelationName> names) {
        return CompletableFuture.completedStage(new NamedObjects(objects, Collections.emptySortedMap()));
    }
}
