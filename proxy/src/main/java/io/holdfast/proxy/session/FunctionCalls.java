package io.holdfast.proxy.session;

import io.holdfast.proxy.catalog.Catalog;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import io.holdfast.proxy.statement.WhereClause;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Functions called by OID. Those of drivers' large-object interfaces are fixed in PostgreSQL's {@code pg_proc.dat}; of all others the
 * catalog knows the name, or nobody knows what they would run (BYPASS F-24).
 */
final class FunctionCalls {
    private static final String COMMAND = "FUNCTION CALL";

    private static final Map<Integer, String> LARGE_OBJECTS = Map.ofEntries(
            Map.entry(715, "lo_create"),
            Map.entry(952, "lo_open"),
            Map.entry(953, "lo_close"),
            Map.entry(954, "loread"),
            Map.entry(955, "lowrite"),
            Map.entry(956, "lo_lseek"),
            Map.entry(957, "lo_creat"),
            Map.entry(958, "lo_tell"),
            Map.entry(964, "lo_unlink"),
            Map.entry(1004, "lo_truncate"),
            Map.entry(3170, "lo_lseek64"),
            Map.entry(3171, "lo_tell64"),
            Map.entry(3172, "lo_truncate64"));

    private FunctionCalls() {}

    /** What is known of the call; null: nothing. */
    static @Nullable StatementFacts facts(int oid, Catalog catalog) {
        String large = LARGE_OBJECTS.get(oid);
        if (large != null) {
            return largeObject(large);
        }
        RelationName function = catalog.function(Integer.toUnsignedLong(oid));
        return function == null ? null : call(function);
    }

    private static StatementFacts largeObject(String name) {
        boolean loses = name.equals("lo_unlink");
        return new StatementFacts(
                COMMAND,
                loses ? StatementClass.DESTRUCTIVE : StatementClass.WRITE,
                loses ? "lo_unlink deletes a large object" : "works on a large object",
                false,
                List.of(),
                List.of(new RelationName("pg_catalog", name)),
                WhereClause.NOT_APPLICABLE,
                new SessionEffect.None(),
                0,
                0);
    }

    /** What the same call in SQL would be; its arguments are not looked at, so SQL given as text is any SQL. */
    private static StatementFacts call(RelationName function) {
        String sql = "SELECT " + quoted(String.valueOf(function.schema())) + '.' + quoted(function.name()) + "()";
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        StatementFacts facts =
                StatementReader.read(text, 0, text.length).statements().getFirst();
        return new StatementFacts(
                COMMAND,
                facts.statementClass(),
                facts.reason(),
                facts.unparsed(),
                facts.relations(),
                facts.functions(),
                facts.where(),
                facts.effect(),
                facts.ownClass(),
                facts.opaque(),
                List.of(),
                false,
                0,
                0);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
