package io.holdfast.proxy.session;

import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.catalog.CatalogSource;
import io.holdfast.proxy.catalog.NamedObjects;
import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the names of a held unit stood for when people were shown it. Another table under the same name, or another body of the same
 * procedure, is not what they have let run, so it is looked up again right before (BYPASS A-04). Who swaps them between that look and the
 * statement's own is not noticed: only a lock in the statement's transaction would do that.
 */
final class MeantObjects {
    private static final int NAMED = 3;

    private final CatalogSource catalogs;
    private final String database;
    private final Set<RelationName> names;
    private final NamedObjects objects;
    private final @Nullable String unknown;

    private MeantObjects(
            CatalogSource catalogs,
            String database,
            Set<RelationName> names,
            NamedObjects objects,
            @Nullable String unknown) {
        this.catalogs = catalogs;
        this.database = database;
        this.names = names;
        this.objects = objects;
        this.unknown = unknown;
    }

    /** Looks them up; completes in any case, on any thread. */
    static CompletionStage<MeantObjects> of(Unit unit, CatalogSource catalogs, String database) {
        Set<RelationName> names = new HashSet<>();
        for (StatementFacts statement : unit.executed()) {
            names.addAll(statement.relations());
            names.addAll(statement.functions());
        }
        if (names.isEmpty()) {
            return CompletableFuture.completedStage(
                    new MeantObjects(catalogs, database, names, NamedObjects.NONE, null));
        }
        return catalogs.objects(database, names)
                .handle((found, failure) -> failure == null
                        ? new MeantObjects(catalogs, database, names, found, null)
                        : new MeantObjects(catalogs, database, names, NamedObjects.NONE, LookUpFailure.why(failure)));
    }

    /** Empty where they are not known. */
    NamedObjects objects() {
        return objects;
    }

    /** Why they are not known; empty: they are. */
    Optional<String> unknown() {
        return Optional.ofNullable(unknown);
    }

    /** Why the unit is not what was approved any more; empty: it is, as far as was known then. Completes in any case, on any thread. */
    CompletionStage<Optional<ErrorReport>> objection(HoldId hold) {
        if (names.isEmpty() || unknown != null) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return catalogs.objects(database, names)
                .handle((now, failure) -> failure == null
                        ? changed(hold, objects.changedIn(now))
                        : Optional.of(ProxyError.NO_SERVER_REACHABLE
                                .report("primary")
                                .withDetail(
                                        "What " + hold + " names cannot be looked up: " + LookUpFailure.why(failure))));
    }

    private static Optional<ErrorReport> changed(HoldId hold, List<String> changed) {
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        String named = String.join(", ", changed.subList(0, Math.min(NAMED, changed.size())));
        int more = changed.size() - NAMED;
        return Optional.of(ProxyError.OBJECTS_CHANGED
                .report(hold)
                .withDetail("Changed since: " + named + (more > 0 ? " and " + more + " more" : "")));
    }
}
