package io.holdfast.proxy.catalog;

import io.holdfast.proxy.catalog.CatalogRows.ChildRow;
import io.holdfast.proxy.catalog.CatalogRows.FunctionRow;
import io.holdfast.proxy.catalog.CatalogRows.OperatorRow;
import io.holdfast.proxy.catalog.CatalogRows.RelationRow;
import io.holdfast.proxy.catalog.CatalogRows.Stored;
import io.holdfast.proxy.catalog.CatalogRows.StoredRow;
import io.holdfast.proxy.catalog.CatalogRows.TypeRow;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A catalog written by hand; everything is in schema public. */
final class Database {
    private final List<FunctionRow> functions = new ArrayList<>();
    private final List<RelationRow> relations = new ArrayList<>();
    private final List<StoredRow> stored = new ArrayList<>();
    private final List<ChildRow> children = new ArrayList<>();
    private final List<OperatorRow> operators = new ArrayList<>();
    private final List<TypeRow> types = new ArrayList<>();
    private long lastOid = 16_384;

    /** A volatile function. */
    long function(String name, String language, @Nullable String body) {
        return function(name, language, body, true, null);
    }

    /** A function that says it only reads. */
    long stable(String name, String language, @Nullable String body) {
        return function(name, language, body, false, null);
    }

    long function(String name, String language, @Nullable String body, boolean isVolatile, @Nullable String extension) {
        long oid = ++lastOid;
        functions.add(new FunctionRow(oid, "public", name, false, isVolatile, language, extension, body, List.of()));
        return oid;
    }

    void aggregate(String name, long support) {
        functions.add(
                new FunctionRow(++lastOid, "public", name, false, false, "internal", null, null, List.of(support)));
    }

    /** A function that can be called like a column. */
    void ofRow(String name, String body) {
        functions.add(new FunctionRow(++lastOid, "public", name, true, true, "sql", null, body, List.of()));
    }

    long table(String name) {
        return relation(name, 'r', false);
    }

    long relation(String name, char kind, boolean unlogged) {
        long oid = ++lastOid;
        relations.add(new RelationRow(oid, "public", name, kind, unlogged));
        return oid;
    }

    void view(String name, String query) {
        stored.add(new StoredRow(relation(name, 'v', false), Stored.QUERY, query));
    }

    void materializedView(String name, String query) {
        stored.add(new StoredRow(relation(name, 'm', false), Stored.QUERY, query));
    }

    void rule(long table, String definition) {
        stored.add(new StoredRow(table, Stored.RULE, definition));
    }

    void policy(long table, String expression) {
        stored.add(new StoredRow(table, Stored.POLICY, expression));
    }

    void child(long parent, long child) {
        children.add(new ChildRow(parent, child));
    }

    void operator(String name, long function) {
        operators.add(new OperatorRow(name, function));
    }

    void domain(String name, String check) {
        types.add(new TypeRow(name, List.of(), List.of(check)));
    }

    void cast(String type, long function) {
        types.add(new TypeRow(type, List.of(function), List.of()));
    }

    Catalog catalog() {
        return Catalog.of(new CatalogRows(List.of(), functions, relations, stored, children, operators, types));
    }

    /** One statement, with what was known before it came. */
    StatementFacts resolve(String sql) {
        return resolve(catalog(), sql, false);
    }

    static StatementFacts resolve(Catalog catalog, String sql, boolean fresh) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        List<StatementFacts> statements =
                StatementReader.read(text, 0, text.length).statements();
        return catalog.resolve(statements.getLast(), text, fresh);
    }
}
