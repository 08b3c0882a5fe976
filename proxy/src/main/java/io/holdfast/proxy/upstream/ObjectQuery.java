package io.holdfast.proxy.upstream;

import io.holdfast.proxy.statement.RelationName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Asks what names stand for. Everything is read from the system catalogs as rows, so no lock of anybody delays the answer, and any
 * account may.
 *
 * <p>A relation's version is its oid with its columns, rules, policies and triggers, and with all that goes along when its rows go:
 * children, and tables with a foreign key on it, and theirs. What TRUNCATE, VACUUM FULL and the like exchange, the file, is not in it: the
 * table stays what it is. A function's version is the row that holds its body.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalogs.html">System Catalogs</a>
 */
final class ObjectQuery {
    private static final String PREPARATION = "SET search_path TO ''";

    private static final String OBJECTS = """
            WITH RECURSIVE named AS MATERIALIZED (
                SELECT DISTINCT n.schema, n.name::name FROM unnest(?::text[], ?::text[]) AS n (schema, name)),
            found AS MATERIALIZED (
                SELECT DISTINCT c.oid, s.nspname, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity
                  FROM named n
                  JOIN pg_class c ON c.relname = n.name
                  JOIN pg_namespace s ON s.oid = c.relnamespace
                 WHERE (n.schema IS NULL OR s.nspname = n.schema) AND s.nspname NOT LIKE 'pg\\_temp\\_%' AND c.oid >= 16384),
            goes (root, oid) AS (
                SELECT oid, oid FROM found
                UNION
                SELECT g.root, along.oid
                  FROM goes g
                  CROSS JOIN LATERAL (
                      SELECT i.inhrelid AS oid FROM pg_inherits i WHERE i.inhparent = g.oid
                      UNION ALL
                      SELECT k.conrelid FROM pg_constraint k WHERE k.contype = 'f' AND k.confrelid = g.oid) along),
            parts (root, part) AS (
                SELECT root, 'relation ' || oid FROM goes
                UNION ALL
                SELECT f.oid, concat_ws(' ', 'column', a.attnum, a.atttypid, a.attisdropped, a.attname)
                  FROM found f JOIN pg_attribute a ON a.attrelid = f.oid WHERE a.attnum > 0
                UNION ALL
                SELECT g.root, concat_ws(' ', 'key', k.oid, k.xmin, k.confdeltype, k.confupdtype)
                  FROM goes g JOIN pg_constraint k ON k.contype = 'f' AND k.confrelid = g.oid
                UNION ALL
                SELECT g.root, concat_ws(' ', 'trigger', t.oid, t.xmin, t.tgenabled)
                  FROM goes g JOIN pg_trigger t ON t.tgrelid = g.oid WHERE NOT t.tgisinternal
                UNION ALL
                SELECT g.root, concat_ws(' ', 'rule', r.oid, r.xmin, r.ev_enabled)
                  FROM goes g JOIN pg_rewrite r ON r.ev_class = g.oid
                UNION ALL
                SELECT f.oid, concat_ws(' ', 'policy', p.oid, p.xmin)
                  FROM found f JOIN pg_policy p ON p.polrelid = f.oid)
            SELECT 'relation', f.nspname, f.relname,
                   concat_ws(' ', f.oid, f.relkind, f.relrowsecurity, f.relforcerowsecurity,
                       md5((SELECT string_agg(p.part, ';' ORDER BY p.part COLLATE "C") FROM parts p WHERE p.root = f.oid))),
                   NULL
              FROM found f
            UNION ALL
            SELECT 'function', s.nspname, p.proname,
                   string_agg(p.oid || ' ' || p.xmin, ';' ORDER BY p.oid),
                   string_agg(CASE WHEN l.lanname NOT IN ('c', 'internal') THEN nullif(p.prosrc, '') END, ';' ORDER BY p.oid)
              FROM pg_proc p
              JOIN pg_namespace s ON s.oid = p.pronamespace
              JOIN pg_language l ON l.oid = p.prolang
             WHERE p.oid >= 16384
               AND EXISTS (SELECT FROM named n WHERE n.name = p.proname AND (n.schema IS NULL OR s.nspname = n.schema))
               AND p.proname IN (SELECT n.name FROM named n)
             GROUP BY s.nspname, p.proname
            UNION ALL
            SELECT DISTINCT 'schema', s.nspname, NULL::name, s.oid::text, NULL
              FROM named n JOIN pg_namespace s ON s.nspname = n.schema OR (n.schema IS NULL AND s.nspname = n.name)""";

    private ObjectQuery() {}

    /** To be called once for a connection, before the first question. */
    static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(PREPARATION);
        }
    }

    /**
     * Answers many at once.
     *
     * @param names of relations, functions and schemas, that somebody asks for
     */
    static List<NamedObject> ask(Connection connection, Set<RelationName> names) throws SQLException {
        List<NamedObject> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OBJECTS)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", names.stream().map(RelationName::schema).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", names.stream().map(RelationName::name).toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new NamedObject(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5)));
                }
            }
        }
        return found;
    }
}
