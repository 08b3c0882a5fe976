package io.holdfast.proxy.session;

import io.holdfast.proxy.catalog.Catalog;
import io.holdfast.proxy.catalog.CatalogSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks up what a session's units name. What is known is good enough to let a unit pass; before one is kept back for what the
 * catalog says, or does not say, it is read once more, so that nobody waits because of a view that was made a second ago.
 */
final class CatalogLook {
    /** A client that waits for a catalog that cannot be read is judged by what was known. */
    private static final int LIMIT_SECONDS = 5;

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CatalogSource catalogs;
    private final String database;
    private final SessionLoop loop;
    private @Nullable Unit freshlyResolved;
    private long lastLook;
    private boolean hasLooked;

    CatalogLook(CatalogSource catalogs, String database, SessionLoop loop) {
        this.catalogs = catalogs;
        this.database = database;
        this.loop = loop;
    }

    /** By what is known now, unless it was done before. */
    void resolve(Unit unit) {
        if (!unit.isResolved()) {
            unit.resolve(catalogs.current(database), false);
        }
    }

    /** Whether the unit, which must wait or fail, may be judged otherwise by a new reading, and there was none for it. */
    boolean isDue(Unit unit) {
        return freshlyResolved != unit && unit.reliesOnCatalog();
    }

    /**
     * Whether the unit, which may run, calls what a new reading may know better. A function that is not in the last one either is
     * likely to be of the session's own making, so that is asked from time to time only.
     */
    boolean isWorthwhile(Unit unit) {
        return unit.callsUnknown()
                && freshlyResolved != unit
                && (!hasLooked || System.nanoTime() - lastLook > PAUSE_NANOS);
    }

    /** Resolves the unit by a new reading, then calls {@code then}, on the session's event loop. */
    void again(Unit unit, Runnable then) {
        hasLooked = true;
        lastLook = System.nanoTime();
        CompletableFuture<Catalog> reading =
                catalogs.refreshed(database).toCompletableFuture().copy();
        reading.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .whenComplete((catalog, failure) -> loop.execute(() -> {
                    freshlyResolved = unit;
                    if (failure == null) {
                        unit.resolve(catalog, true);
                    }
                    then.run();
                }));
    }

    /** The session has committed a change of the schema. */
    void changed() {
        catalogs.changed(database);
    }
}
