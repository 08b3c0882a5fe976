package io.holdfast.proxy.catalog;

import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementFacts;
import org.jspecify.annotations.Nullable;

/** Adds nothing. */
record TextOnly() implements Catalog {
    @Override
    public StatementFacts resolve(StatementFacts facts, byte[] text, boolean fresh) {
        return facts;
    }

    @Override
    public boolean misses(StatementFacts facts) {
        return false; // there is no other reading
    }

    @Override
    public @Nullable RelationName function(long oid) {
        return null;
    }
}
