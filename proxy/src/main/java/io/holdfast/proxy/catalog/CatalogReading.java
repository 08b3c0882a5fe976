package io.holdfast.proxy.catalog;

import io.holdfast.proxy.catalog.CatalogRows.FunctionRow;
import io.holdfast.proxy.catalog.CatalogRows.RelationRow;
import io.holdfast.proxy.catalog.CatalogRows.StoredRow;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StoredCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows stored code to its end: a view calls a function, whose body writes a table, whose trigger calls another function. What
 * calls itself is opaque.
 */
final class CatalogReading implements Names {
    private static final Code CALLS_ITSELF = new Code(StatementClass.READ, true, "calls itself");
    private static final Code FOREIGN = new Code(StatementClass.WRITE, true, "is on another server");
    private static final Code UNLOGGED = new Code(StatementClass.WRITE, false, "no follower has");

    private final Map<String, List<FunctionRow>> functionRows;
    private final Map<Long, FunctionRow> functionsByOid;
    private final Map<String, List<RelationRow>> relationRows;
    private final Map<Long, RelationRow> relationsByOid;
    private final Map<Long, List<StoredRow>> stored;
    private final Map<Long, List<CatalogRows.ChildRow>> children;
    private final CatalogRows rows;

    private final Map<Long, Code> functionCodes = new HashMap<>();
    private final Map<Long, Relation> relationCodes = new HashMap<>();
    private final Map<String, Code> words = new HashMap<>();
    private final Map<String, Code> operators = new HashMap<>();

    CatalogReading(CatalogRows rows) {
        this.rows = rows;
        functionRows = rows.functions().stream().collect(Collectors.groupingBy(FunctionRow::name));
        functionsByOid = byOid(rows.functions(), FunctionRow::oid);
        relationRows = rows.relations().stream().collect(Collectors.groupingBy(RelationRow::name));
        relationsByOid = byOid(rows.relations(), RelationRow::oid);
        stored = rows.stored().stream().collect(Collectors.groupingBy(StoredRow::relation));
        children = rows.children().stream().collect(Collectors.groupingBy(CatalogRows.ChildRow::parent));
    }

    private static <T> Map<Long, T> byOid(List<T> rows, Function<T, Long> oid) {
        return rows.stream().collect(Collectors.toMap(oid, row -> row, (one, _) -> one));
    }

    KnownCatalog catalog() {
        // Words and operators first: the code of functions may hide calls as well.
        rows.operators().forEach(row -> keep(operators, row.name(), function(row.function())));
        rows.types().forEach(row -> keep(words, row.name(), type(row)));
        rows.functions().stream()
                .filter(FunctionRow::ofRow)
                .forEach(row -> keep(words, row.name(), function(row.oid())));
        Map<String, List<Routine>> routines = new HashMap<>();
        functionRows.forEach((name, found) ->
                routines.put(name, found.stream().map(this::routine).toList()));
        Map<String, List<Relation>> relations = new HashMap<>();
        relationRows.forEach((name, found) ->
                relations.put(name, found.stream().map(this::relation).toList()));
        return new KnownCatalog(routines, relations, byOid(), words, operators);
    }

    private Map<Long, RelationName> byOid() {
        Map<Long, RelationName> names = new HashMap<>();
        rows.builtIns().forEach(row -> names.put(row.oid(), new RelationName("pg_catalog", row.name())));
        rows.functions().forEach(row -> names.put(row.oid(), new RelationName(row.schema(), row.name())));
        return names;
    }

    private static void keep(Map<String, Code> codes, String name, Code code) {
        if (!code.isHarmless()) {
            codes.merge(name, code, Code::and);
        }
    }

    private Code type(CatalogRows.TypeRow row) {
        Code code = Code.HARMLESS;
        for (long function : row.functions()) {
            code = code.and(function(function));
        }
        for (String check : row.checks()) {
            code = code.and(read(StoredCode.expression(check)));
        }
        return code;
    }

    @Override
    public List<Routine> routines(RelationName name) {
        return functionRows.getOrDefault(name.name(), List.of()).stream()
                .filter(row -> name.schema() == null || name.schema().equals(row.schema()))
                .map(this::routine)
                .toList();
    }

    @Override
    public List<Relation> relations(RelationName name) {
        return relationRows.getOrDefault(name.name(), List.of()).stream()
                .filter(row -> name.schema() == null || name.schema().equals(row.schema()))
                .map(this::relation)
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
        return false; // the server prints stored code with casts and operators that nobody wrote
    }

    private Routine routine(FunctionRow row) {
        return new Routine(row.schema(), row.name(), row.isVolatile(), function(row.oid()));
    }

    /** A function that is not here is a built-in that an operator, aggregate or type of this database uses. */
    private Code function(long oid) {
        FunctionRow row = functionsByOid.get(oid);
        if (row == null) {
            return Code.HARMLESS;
        }
        Code known = functionCodes.putIfAbsent(oid, CALLS_ITSELF);
        if (known != null) {
            return known;
        }
        Code code = code(row);
        functionCodes.put(oid, code);
        return code;
    }

    private Code code(FunctionRow row) {
        if (row.extension() != null
                && (!row.isVolatile() || ReviewedExtensions.isHarmless(row.extension(), row.name()))) {
            return Code.HARMLESS;
        }
        if (!row.supports().isEmpty()) {
            return row.supports().stream().map(this::function).reduce(Code.HARMLESS, Code::and);
        }
        Code said = row.isVolatile() ? Code.OPAQUE : Code.SAID_TO_READ;
        String body = row.body();
        if (body == null) {
            return said;
        }
        return switch (row.language()) {
            case "sql" -> read(StoredCode.sqlBody(body));
            case "plpgsql" -> said.and(atLeast(read(StoredCode.plpgsqlBody(body))));
            default -> said;
        };
    }

    /** Of a body that is not understood as a whole: only that it destroys tells more than that it may write. */
    private static Code atLeast(Code code) {
        return code.statementClass() == StatementClass.DESTRUCTIVE ? code : Code.HARMLESS;
    }

    private Relation relation(RelationRow row) {
        Relation known = relationCodes.putIfAbsent(
                row.oid(), new Relation(row.schema(), row.name(), CALLS_ITSELF, CALLS_ITSELF, CALLS_ITSELF));
        if (known != null) {
            return known;
        }
        Relation relation = new Relation(row.schema(), row.name(), readCode(row), writeCode(row), refreshCode(row));
        relationCodes.put(row.oid(), relation);
        return relation;
    }

    private Code readCode(RelationRow row) {
        Code code = row.kind() == 'f' ? FOREIGN : row.unlogged() ? UNLOGGED : Code.HARMLESS;
        for (StoredRow part : storedWith(row)) {
            code = code.and(
                    switch (part.kind()) {
                        case QUERY -> row.kind() == 'v' ? read(StoredCode.query(part.text())) : Code.HARMLESS;
                        case POLICY -> read(StoredCode.expression(part.text()));
                        case RULE -> Code.HARMLESS;
                    });
        }
        for (Relation child : childrenOf(row)) {
            code = code.and(child.read());
        }
        return code;
    }

    /**
     * Rules rewrite the statement, so they are a part of it. Triggers are left out: they were made to go with the ordinary work of
     * an application, which would wait for people at every INSERT, because a trigger empties a cache.
     */
    private Code writeCode(RelationRow row) {
        Code code = Code.HARMLESS;
        for (StoredRow part : storedWith(row)) {
            if (part.kind() == CatalogRows.Stored.RULE) {
                code = code.and(atLeast(read(StoredCode.ruleAction(part.text()))));
            }
        }
        for (Relation child : childrenOf(row)) {
            code = code.and(child.write());
        }
        return code;
    }

    private Code refreshCode(RelationRow row) {
        return row.kind() == 'm'
                ? storedWith(row).stream()
                        .map(part -> read(StoredCode.query(part.text())))
                        .reduce(Code.HARMLESS, Code::and)
                : Code.HARMLESS;
    }

    private List<StoredRow> storedWith(RelationRow row) {
        return stored.getOrDefault(row.oid(), List.of());
    }

    private List<Relation> childrenOf(RelationRow row) {
        var found = new ArrayList<Relation>();
        for (CatalogRows.ChildRow child : children.getOrDefault(row.oid(), List.of())) {
            @Nullable RelationRow childRow = relationsByOid.get(child.child());
            if (childRow != null) {
                found.add(relation(childRow));
            }
        }
        return found;
    }

    private Code read(List<StatementFacts> statements) {
        return Resolution.codeOf(statements, statement -> Resolution.of(this, statement, new byte[0], true));
    }
}
