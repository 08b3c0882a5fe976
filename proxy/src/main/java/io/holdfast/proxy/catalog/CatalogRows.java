package io.holdfast.proxy.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a database's catalog, without the relations, operators and types of every database. Names are as the catalog has them; oids unsigned. */
public record CatalogRows(
        List<BuiltInRow> builtIns,
        List<FunctionRow> functions,
        List<RelationRow> relations,
        List<StoredRow> stored,
        List<ChildRow> children,
        List<OperatorRow> operators,
        List<TypeRow> types) {
    public CatalogRows {
        builtIns = List.copyOf(builtIns);
        functions = List.copyOf(functions);
        relations = List.copyOf(relations);
        stored = List.copyOf(stored);
        children = List.copyOf(children);
        operators = List.copyOf(operators);
        types = List.copyOf(types);
    }

    /** Of pg_proc, what every database has. */
    public record BuiltInRow(long oid, String name) {}

    /**
     * Of pg_proc, without what only triggers call.
     *
     * @param ofRow can be called as if it were a column of a row: {@code t.f} for {@code f(t)}
     * @param language such as {@code plpgsql}
     * @param extension that it belongs to; null: none
     * @param body in language sql and plpgsql; null: not shown
     * @param supports of an aggregate, the functions that it calls
     */
    public record FunctionRow(
            long oid,
            String schema,
            String name,
            boolean ofRow,
            boolean isVolatile,
            String language,
            @Nullable String extension,
            @Nullable String body,
            List<Long> supports) {
        public FunctionRow {
            supports = List.copyOf(supports);
        }
    }

    /**
     * Of pg_class.
     *
     * @param kind relkind: {@code r}, {@code p}, {@code v}, {@code m}, {@code f}
     * @param unlogged followers do not have its rows
     */
    public record RelationRow(long oid, String schema, String name, char kind, boolean unlogged) {}

    /** What code is stored with a relation. */
    public enum Stored {
        /** The query of a view or materialized view. */
        QUERY,
        /** A rewrite rule, as a CREATE RULE command. */
        RULE,
        /** An expression of a row security policy. */
        POLICY
    }

    /** Of pg_rewrite and pg_policy. */
    public record StoredRow(long relation, Stored kind, String text) {}

    /** Of pg_inherits: partitions too. */
    public record ChildRow(long parent, long child) {}

    /** Of pg_operator. */
    public record OperatorRow(String name, long function) {}

    /**
     * Of pg_type and pg_cast: what runs when a value becomes one of this type.
     *
     * @param functions that are called
     * @param checks expressions of a domain
     */
    public record TypeRow(String name, List<Long> functions, List<String> checks) {
        public TypeRow {
            functions = List.copyOf(functions);
            checks = List.copyOf(checks);
        }
    }
}
