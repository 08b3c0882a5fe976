package io.holdfast.loadtest.micro;

import io.holdfast.proxy.catalog.Catalog;
import io.holdfast.proxy.catalog.CatalogRows;
import io.holdfast.proxy.catalog.CatalogSource;
import io.holdfast.proxy.catalog.NamedObjects;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.value.KnownTypes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Every database has what PostgreSQL brings, and nothing else that matters. */
final class BareCatalog implements CatalogSource {
    private final Catalog bare =
            Catalog.of(new CatalogRows(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of()));

    @Override
    public Catalog current(String database) {
        return bare;
    }

    @Override
    public CompletionStage<Catalog> refreshed(String database) {
        return CompletableFuture.completedStage(bare);
    }

    @Override
    public void changed(String database) {
        // It never does.
    }

    @Override
    public CompletionStage<NamedObjects> objects(String database, Set<RelationName> names) {
        return CompletableFuture.completedStage(NamedObjects.NONE);
    }

    @Override
    public CompletionStage<KnownTypes> types(String database, Set<Integer> types, Set<Integer> functions) {
        return CompletableFuture.completedStage(KnownTypes.BUILT_IN);
    }
}
