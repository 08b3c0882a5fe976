package io.holdfast.proxy.session;

import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.WhereClause;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions that drivers' large-object interfaces call by OID. The OIDs are fixed in PostgreSQL's {@code pg_proc.dat}.
 * What any other OID would run is not known (BYPASS F-24).
 */
final class LargeObjectCalls {
    private static final Map<Integer, String> BY_OID = Map.ofEntries(
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

    private LargeObjectCalls() {}

    /** What is known of the call; null: nothing. */
    static @Nullable StatementFacts facts(int oid) {
        String name = BY_OID.get(oid);
        if (name == null) {
            return null;
        }
        boolean loses = name.equals("lo_unlink");
        return new StatementFacts(
                "FUNCTION CALL",
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
}
