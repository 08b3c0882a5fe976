package io.holdfast.proxy.upstream;

import io.holdfast.proxy.catalog.CatalogRows;
import io.holdfast.proxy.catalog.CatalogRows.BuiltInRow;
import io.holdfast.proxy.catalog.CatalogRows.ChildRow;
import io.holdfast.proxy.catalog.CatalogRows.FunctionRow;
import io.holdfast.proxy.catalog.CatalogRows.OperatorRow;
import io.holdfast.proxy.catalog.CatalogRows.RelationRow;
import io.holdfast.proxy.catalog.CatalogRows.Stored;
import io.holdfast.proxy.catalog.CatalogRows.StoredRow;
import io.holdfast.proxy.catalog.CatalogRows.TypeRow;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one database's catalog: what was made in it, not what every database has (oids below 16384). Any account may. While the server
 * prints the query of a view it locks the view's tables against being altered, so it is asked for a few at a time, each time in a
 * transaction of its own; and a table that somebody else has locked for long fails the reading.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalogs.html">System Catalogs</a>
 */
public final class CatalogQuery {
    /** Names in what the server prints are then qualified, but for those of pg_catalog. */
    private static final List<String> PREPARATION =
            List.of("SET search_path TO ''", "SET statement_timeout TO '30s'", "SET lock_timeout TO '2s'");

    /** So many rules of views and tables are printed at a time. */
    private static final int BATCH = 50;

    private static final String BUILT_INS = "SELECT oid::bigint, proname FROM pg_proc WHERE oid < 16384";

    private static final String FUNCTIONS = """
            SELECT p.oid::bigint, n.nspname, p.proname, p.provolatile = 'v' OR p.prokind = 'p', l.lanname,
                   (SELECT e.extname FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                     WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'),
                   CASE WHEN p.prosqlbody IS NOT NULL THEN pg_get_function_sqlbody(p.oid)
                        WHEN l.lanname IN ('sql', 'plpgsql') THEN p.prosrc END,
                   (SELECT array_agg(f::oid::bigint)
                      FROM unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn,
                                        aggmtransfn, aggminvtransfn, aggmfinalfn]) f WHERE f <> 0),
                   p.pronargs >= 1 AND p.pronargs - p.pronargdefaults <= 1
                     AND (SELECT t.typtype IN ('c', 'p') FROM pg_type t WHERE t.oid = p.proargtypes[0])
              FROM pg_proc p
              JOIN pg_namespace n ON n.oid = p.pronamespace
              JOIN pg_language l ON l.oid = p.prolang
              LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
             WHERE p.oid >= 16384
               AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)""";

    private static final String RELATIONS = """
            SELECT c.oid::bigint, n.nspname, c.relname, c.relkind, c.relpersistence = 'u'
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname <> 'pg_toast'""";

    private static final String RULES = "SELECT oid::bigint FROM pg_rewrite WHERE oid >= 16384 AND ev_enabled <> 'D'";

    /** What has gone in between prints as null. */
    private static final String RULE_TEXTS = """
            SELECT * FROM (
                SELECT r.ev_class::bigint AS relation,
                       CASE WHEN r.ev_type = '1' THEN 'QUERY' ELSE 'RULE' END AS kind,
                       CASE WHEN r.ev_type = '1' THEN pg_get_viewdef(r.ev_class) ELSE pg_get_ruledef(r.oid) END AS text
                  FROM pg_rewrite r WHERE r.oid = ANY (?)) printed
             WHERE text IS NOT NULL""";

    private static final String POLICIES = """
            SELECT polrelid::bigint, 'POLICY', expression
              FROM pg_policy, LATERAL (VALUES (pg_get_expr(polqual, polrelid)), (pg_get_expr(polwithcheck, polrelid))) v (expression)
             WHERE expression IS NOT NULL""";

    private static final String CHILDREN = "SELECT inhparent::bigint, inhrelid::bigint FROM pg_inherits";

    private static final String OPERATORS =
            "SELECT oprname, oprcode::oid::bigint FROM pg_operator WHERE oid >= 16384 AND oprcode <> 0";

    /** A cast counts for both types, as far as they belong to this database: either name may be all that a text shows. */
    private static final String TYPES = """
            SELECT t.typname,
                   ARRAY[t.typinput::oid::bigint, t.typoutput::oid::bigint, t.typreceive::oid::bigint, t.typsend::oid::bigint],
                   ARRAY(SELECT pg_get_expr(k.conbin, 0) FROM pg_constraint k WHERE k.contypid = t.oid)
              FROM pg_type t
             WHERE t.oid >= 16384 AND t.typtype IN ('b', 'd') AND t.typelem = 0
            UNION ALL
            SELECT t.typname, ARRAY[k.castfunc::bigint], ARRAY[]::text[]
              FROM pg_cast k JOIN pg_type t ON t.oid IN (k.castsource, k.casttarget)
             WHERE k.oid >= 16384 AND k.castfunc <> 0 AND t.oid >= 16384""";

    private CatalogQuery() {}

    /**
     * Reads everything.
     *
     * @param connection in auto-commit; not good for anything else afterwards
     */
    public static CatalogRows read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : PREPARATION) {
                statement.execute(sql);
            }
        }
        return new CatalogRows(
                list(connection, BUILT_INS, row -> new BuiltInRow(row.getLong(1), row.getString(2))),
                list(connection, FUNCTIONS, CatalogQuery::function),
                list(connection, RELATIONS, CatalogQuery::relation),
                storedCode(connection),
                list(connection, CHILDREN, row -> new ChildRow(row.getLong(1), row.getLong(2))),
                list(connection, OPERATORS, row -> new OperatorRow(row.getString(1), row.getLong(2))),
                list(connection, TYPES, CatalogQuery::type));
    }

    private static List<StoredRow> storedCode(Connection connection) throws SQLException {
        List<StoredRow> all = new ArrayList<>(list(connection, POLICIES, CatalogQuery::stored));
        List<Long> rules = list(connection, RULES, row -> row.getLong(1));
        try (PreparedStatement texts = connection.prepareStatement(RULE_TEXTS)) {
            for (int from = 0; from < rules.size(); from += BATCH) {
                List<Long> batch = rules.subList(from, Math.min(from + BATCH, rules.size()));
                texts.setArray(1, connection.createArrayOf("oid", batch.toArray()));
                try (ResultSet rows = texts.executeQuery()) {
                    while (rows.next()) {
                        all.add(stored(rows));
                    }
                }
            }
        }
        return all;
    }

    private static FunctionRow function(ResultSet row) throws SQLException {
        return new FunctionRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(9),
                row.getBoolean(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                longs(row.getArray(8)));
    }

    private static RelationRow relation(ResultSet row) throws SQLException {
        return new RelationRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4).charAt(0),
                row.getBoolean(5));
    }

    private static StoredRow stored(ResultSet row) throws SQLException {
        return new StoredRow(row.getLong(1), Stored.valueOf(row.getString(2)), row.getString(3));
    }

    private static TypeRow type(ResultSet row) throws SQLException {
        List<String> checks = new ArrayList<>();
        for (Object check : (Object[]) row.getArray(3).getArray()) {
            checks.add((String) check);
        }
        return new TypeRow(row.getString(1), longs(row.getArray(2)), checks);
    }

    private static List<Long> longs(Array array) throws SQLException {
        return array == null ? List.of() : List.of((Long[]) array.getArray());
    }

    private static <T> List<T> list(Connection connection, String sql, Mapper<T> mapper) throws SQLException {
        List<T> all = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    all.add(mapper.map(rows));
                }
            }
        }
        return all;
    }

    private interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }
}
