package io.holdfast.proxy.upstream;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells cheaply whether a catalog has changed since it was read: every change of a row gives it a new xmin. Statistics do not count;
 * the server writes them in place.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ddl-system-columns.html">System Columns</a>
 */
final class CatalogVersion {
    private static final String QUERY = Stream.of(
                    "pg_proc WHERE oid >= 16384",
                    "pg_class WHERE oid >= 16384",
                    "pg_rewrite WHERE oid >= 16384",
                    "pg_type WHERE oid >= 16384",
                    "pg_operator WHERE oid >= 16384",
                    "pg_cast WHERE oid >= 16384",
                    "pg_constraint WHERE contypid <> 0",
                    "pg_depend WHERE deptype = 'e'",
                    "pg_policy",
                    "pg_inherits",
                    "pg_namespace",
                    "pg_extension")
            .map(rows ->
                    "SELECT count(*) || '/' || coalesce(sum(pg_catalog.hashtext(xmin::text || ctid::text)::bigint), 0) FROM pg_catalog."
                            + rows)
            .collect(Collectors.joining(" UNION ALL "));

    private CatalogVersion() {}

    /** Equal only to that of the same database in the same state. */
    static String of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            StringBuilder version = new StringBuilder();
            while (rows.next()) {
                version.append(rows.getString(1)).append(' ');
            }
            return version.toString();
        }
    }
}
