package io.holdfast.proxy.catalog;

import io.holdfast.proxy.statement.BuiltIns;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** Every relation may be a view. That changes no class, but the relation is opaque. */
record UnknownCatalog() implements Catalog {
    @Override
    public StatementFacts resolve(StatementFacts facts, byte[] text, boolean fresh) {
        if (facts.onlyNames() || facts.relations().stream().allMatch(BuiltIns::isSystemRelation)) {
            return facts;
        }
        var opaque = new LinkedHashSet<RelationName>(facts.opaque());
        facts.relations().stream()
                .filter(relation -> !BuiltIns.isSystemRelation(relation))
                .forEach(opaque::add);
        return facts.with(
                facts.statementClass(), facts.reason(), opaque.stream().toList());
    }

    @Override
    public boolean misses(StatementFacts facts) {
        return !facts.opaque().isEmpty();
    }

    @Override
    public @Nullable RelationName function(long oid) {
        return null;
    }
}
