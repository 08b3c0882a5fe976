package io.holdfast.proxy.catalog;

import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one reading of a database's catalog has found, by name without schema. */
final class KnownCatalog implements Catalog, Names {
    private final Map<String, List<Routine>> routines;
    private final Map<String, List<Relation>> relations;
    private final Map<Long, RelationName> functions;
    private final Map<String, Code> words;
    private final Map<String, Code> operators;

    /**
     * Takes what was found.
     *
     * @param functions every function, built-ins too, by oid
     * @param words that are not harmless
     * @param operators that are not harmless
     */
    KnownCatalog(
            Map<String, List<Routine>> routines,
            Map<String, List<Relation>> relations,
            Map<Long, RelationName> functions,
            Map<String, Code> words,
            Map<String, Code> operators) {
        this.routines = routines;
        this.relations = relations;
        this.functions = functions;
        this.words = Map.copyOf(words);
        this.operators = Map.copyOf(operators);
    }

    @Override
    public StatementFacts resolve(StatementFacts facts, byte[] text, boolean fresh) {
        return Resolution.of(this, facts, text, fresh);
    }

    @Override
    public boolean misses(StatementFacts facts) {
        for (RelationName name : facts.opaque()) {
            if (facts.functions().contains(name) && routines(name).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable RelationName function(long oid) {
        return functions.get(oid);
    }

    @Override
    public List<Routine> routines(RelationName name) {
        List<Routine> all = routines.getOrDefault(name.name(), List.of());
        return name.schema() == null || all.isEmpty()
                ? all
                : all.stream()
                        .filter(found -> found.schema().equals(name.schema()))
                        .toList();
    }

    @Override
    public List<Relation> relations(RelationName name) {
        List<Relation> all = relations.getOrDefault(name.name(), List.of());
        return name.schema() == null || all.isEmpty() ? all : inSchema(all, name.schema());
    }

    /** A session calls its own temporary schema pg_temp. */
    private static List<Relation> inSchema(List<Relation> all, String schema) {
        return all.stream()
                .filter(found -> found.schema().equals(schema)
                        || (schema.equals("pg_temp") && found.schema().startsWith("pg_temp_")))
                .toList();
    }

    @Override
    public Code word(String name) {
        return words.getOrDefault(name, Code.HARMLESS);
    }

    @Override
    public Code operator(String name) {
        return operators.getOrDefault(name, Code.HARMLESS);
    }

    @Override
    public boolean hasHiddenCalls() {
        return !words.isEmpty() || !operators.isEmpty();
    }
}
