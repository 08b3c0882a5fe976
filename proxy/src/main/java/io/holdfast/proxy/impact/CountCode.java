package io.holdfast.proxy.impact;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;

/**
 * Asks the server that counts whether a query could run code that is neither the server's own nor an extension's, or a function whose answer
 * depends on more than its arguments. Names decide, whatever their types: what could be meant, counts.
 */
final class CountCode {
    private static final String NOT_OF_AN_EXTENSION = """
             AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '%1$s'::regclass AND d.objid = %2$s.oid AND d.deptype = 'e')""";

    private static final String FOUND = """
            SELECT 'it could call ' || n.nspname || '.' || p.proname || '()'
              FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE p.oid >= 16384
               AND (p.proname = ANY (?)
                    OR p.proname = ANY (?) AND p.pronargs >= 1 AND p.pronargs - p.pronargdefaults <= 1
                       AND (SELECT t.typtype IN ('c', 'p') FROM pg_type t WHERE t.oid = p.proargtypes[0]))
            """ + String.format(NOT_OF_AN_EXTENSION, "pg_proc", "p") + """

            UNION ALL
            SELECT 'it could mean the operator ' || n.nspname || '.' || o.oprname
              FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
             WHERE o.oid >= 16384 AND o.oprname = ANY (?)
            """
            + String.format(NOT_OF_AN_EXTENSION, "pg_operator", "o") + """

            UNION ALL
            SELECT 'it could use the cast to ' || k.casttarget::regtype
              FROM pg_cast k JOIN pg_proc f ON f.oid = k.castfunc JOIN pg_language l ON l.oid = f.prolang
             WHERE k.oid >= 16384
               AND l.lanname <> 'internal' -- as that which every range type has, to its multirange
               AND (k.castsource < 16384 AND k.casttarget < 16384
                    OR EXISTS (SELECT FROM pg_type t
                                WHERE t.oid IN (k.castsource, k.casttarget) AND t.oid >= 16384 AND t.typname = ANY (?))
                    OR EXISTS (SELECT FROM pg_class c
                                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                                 JOIN pg_type t ON t.oid = a.atttypid
                                WHERE c.relname = ANY (?) AND t.oid >= 16384 AND t.typtype <> 'e'))
            """
            + String.format(NOT_OF_AN_EXTENSION, "pg_cast", "k") + """

            UNION ALL
            SELECT 'it could use the domain ' || t.typname
              FROM pg_type t WHERE t.oid >= 16384 AND t.typtype = 'd' AND t.typname = ANY (?)
            UNION ALL
            SELECT p.proname || '() may answer otherwise here than on the primary, or at another time'
              FROM pg_proc p
             WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname = ANY (?) AND p.provolatile <> 'i'
            LIMIT 1""";

    private CountCode() {}

    /** Why the query must not run; empty: it may. */
    static Optional<String> objection(Connection connection, CountText text) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FOUND)) {
            set(statement, 1, text.calls());
            set(statement, 2, text.identifiers());
            set(statement, 3, text.operators());
            set(statement, 4, text.identifiers());
            set(statement, 5, text.identifiers());
            set(statement, 6, text.identifiers());
            set(statement, 7, text.functions());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private static void set(PreparedStatement statement, int index, Collection<String> names) throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf("text", names.toArray()));
    }
}
