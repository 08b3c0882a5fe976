package io.holdfast.proxy.upstream;

import io.holdfast.proxy.value.KnownTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks what types are made of, to the end, and which types functions take. Read from the system catalogs as rows, so any account may.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-type.html">pg_type</a>
 */
final class TypeQuery {
    private static final String PREPARATION = "SET search_path TO ''";

    /** A receive function that is not the server's own (oids from 16384 on) reads what only its maker knows. */
    private static final String TYPES = """
            WITH RECURSIVE wanted (oid) AS (
                SELECT u FROM unnest(?::oid[]) u
                UNION
                SELECT parts.oid
                  FROM wanted w
                  JOIN pg_type t ON t.oid = w.oid
                  CROSS JOIN LATERAL (
                      SELECT t.typbasetype AS oid
                      UNION ALL SELECT t.typelem
                      UNION ALL SELECT r.rngsubtype FROM pg_range r WHERE r.rngtypid = t.oid
                      UNION ALL SELECT r.rngtypid FROM pg_range r WHERE r.rngmultitypid = t.oid
                      UNION ALL SELECT a.atttypid FROM pg_attribute a
                                 WHERE a.attrelid = t.typrelid AND t.typrelid <> 0 AND a.attnum > 0 AND NOT a.attisdropped) parts
                 WHERE parts.oid <> 0)
            SELECT t.oid::bigint, format_type(t.oid, NULL), coalesce(p.proname::text, ''), t.typelem::bigint,
                   coalesce(nullif(t.typbasetype, 0), r.rngsubtype, m.rngtypid, 0)::bigint, t.typdelim::text
              FROM wanted w
              JOIN pg_type t ON t.oid = w.oid
              LEFT JOIN pg_proc p ON p.oid = t.typreceive AND p.oid < 16384
              LEFT JOIN pg_range r ON r.rngtypid = t.oid
              LEFT JOIN pg_range m ON m.rngmultitypid = t.oid""";

    private static final String ARGUMENTS =
            "SELECT oid::bigint, proargtypes::oid[]::bigint[] FROM pg_proc WHERE oid = ANY (?::oid[])";

    private TypeQuery() {}

    /** @param functions whose arguments' types are asked for, too */
    static KnownTypes ask(Connection connection, Set<Integer> types, Set<Integer> functions) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(PREPARATION);
        }
        Map<Integer, List<Integer>> arguments = arguments(connection, functions);
        Set<Integer> all = new LinkedHashSet<>(types);
        arguments.values().forEach(all::addAll);
        return KnownTypes.of(rows(connection, all), arguments);
    }

    private static List<KnownTypes.Row> rows(Connection connection, Set<Integer> types) throws SQLException {
        List<KnownTypes.Row> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TYPES)) {
            setOids(connection, statement, types);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new KnownTypes.Row(
                            (int) rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            (int) rows.getLong(4),
                            (int) rows.getLong(5),
                            rows.getString(6).charAt(0)));
                }
            }
        }
        return found;
    }

    private static Map<Integer, List<Integer>> arguments(Connection connection, Set<Integer> functions)
            throws SQLException {
        Map<Integer, List<Integer>> found = new HashMap<>();
        if (functions.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement = connection.prepareStatement(ARGUMENTS)) {
            setOids(connection, statement, functions);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Long[] types = (Long[]) rows.getArray(2).getArray();
                    found.put(
                            (int) rows.getLong(1),
                            Arrays.stream(types).map(Long::intValue).toList());
                }
            }
        }
        return found;
    }

    private static void setOids(Connection connection, PreparedStatement statement, Collection<Integer> oids)
            throws SQLException {
        Object[] unsigned = oids.stream().map(Integer::toUnsignedLong).toArray();
        statement.setArray(1, connection.createArrayOf("oid", unsigned));
    }
}
