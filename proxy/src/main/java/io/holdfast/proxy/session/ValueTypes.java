package io.holdfast.proxy.session;

import io.holdfast.proxy.catalog.CatalogSource;
import io.holdfast.proxy.value.KnownTypes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the types that a held unit's binary values are of.
 *
 * @param unknown why a catalog could not be asked about them, lower case; null: it could, or need not
 */
record ValueTypes(KnownTypes known, @Nullable String unknown) {
    /** Looks up those that not every server has; completes in any case, on any thread. */
    static CompletionStage<ValueTypes> of(Unit unit, CatalogSource catalogs, String database) {
        HeldValues.Needs needs = HeldValues.needs(unit);
        if (needs.isEmpty()) {
            return CompletableFuture.completedStage(new ValueTypes(KnownTypes.BUILT_IN, null));
        }
        return catalogs.types(database, needs.types(), needs.functions())
                .handle((found, failure) -> failure == null
                        ? new ValueTypes(found, null)
                        : new ValueTypes(KnownTypes.BUILT_IN, LookUpFailure.why(failure)));
    }
}
