package io.holdfast.proxy.impact;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Looks for foreign keys that reference tables. Of a partitioned table that references, each partition has a copy of the key, which is left
 * out; of a partitioned table that is referenced, each partition has one, too, which counts for statements on that partition.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-constraint.html">pg_constraint</a>
 */
final class ForeignKeys implements Cascades.Lookup {
    private static final String REFERENCING = """
            SELECT k.conname, k.conrelid::bigint, n.nspname || '.' || c.relname, k.confrelid::bigint, pn.nspname || '.' || p.relname,
                   k.confdeltype, k.confupdtype,
                   ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u (n, i)
                           JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n ORDER BY u.i),
                   ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u (n, i)
                           JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.n ORDER BY u.i)
              FROM pg_constraint k
              JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace
             WHERE k.contype = 'f' AND k.confrelid = ANY (?)
               AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.oid = k.conparentid AND o.confrelid = k.confrelid)
             ORDER BY n.nspname, c.relname, k.conname
             LIMIT 2000""";

    private final Connection connection;

    ForeignKeys(Connection connection) {
        this.connection = connection;
    }

    @Override
    public List<ForeignKey> referencing(Collection<Long> tables) throws SQLException {
        List<ForeignKey> keys = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(REFERENCING)) {
            statement.setArray(1, connection.createArrayOf("oid", tables.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    keys.add(new ForeignKey(
                            row.getString(1),
                            row.getLong(2),
                            row.getString(3),
                            row.getLong(4),
                            row.getString(5),
                            row.getString(6).charAt(0),
                            row.getString(7).charAt(0),
                            names(row.getArray(8)),
                            names(row.getArray(9))));
                }
            }
        }
        return keys;
    }

    private static List<String> names(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
