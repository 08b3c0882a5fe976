package io.holdfast.proxy.impact;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for triggers of people's own that would run; those of foreign keys are told as such.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-trigger.html">pg_trigger</a>
 */
final class Triggers {
    // Bits of tgtype.
    private static final int ROW = 1;
    private static final int BEFORE = 2;
    private static final int INSERT = 4;
    private static final int DELETE = 8;
    private static final int UPDATE = 16;
    private static final int TRUNCATE = 32;
    private static final int INSTEAD = 64;

    private static final int MOST = 100;

    /** Each partition has a copy of its parent's triggers, which is told only where the statement names the partition itself. */
    private static final String ON_TABLES = """
            SELECT t.tgrelid::bigint, tn.nspname || '.' || c.relname, t.tgname, t.tgtype::int, n.nspname || '.' || p.proname
              FROM pg_trigger t
              JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace tn ON tn.oid = c.relnamespace
              JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgrelid = ANY (?)
               AND (t.tgparentid = 0 OR t.tgrelid = ANY (?))
             ORDER BY tn.nspname, c.relname, t.tgname
             LIMIT 1000""";

    private static final String EVENT_TRIGGERS = """
            SELECT e.evtname, e.evtevent, n.nspname || '.' || p.proname
              FROM pg_event_trigger e
              JOIN pg_proc p ON p.oid = e.evtfoid JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE e.evtenabled IN ('O', 'A') AND e.evtevent IN ('ddl_command_start', 'ddl_command_end', 'sql_drop', 'table_rewrite')
               AND (e.evttags IS NULL OR ? = ANY (e.evttags))
             ORDER BY e.evtname
             LIMIT 100""";

    private final Connection connection;

    Triggers(Connection connection) {
        this.connection = connection;
    }

    /**
     * At most {@value #MOST}.
     *
     * @param changes what happens to each table
     * @param named tables that the statement names
     */
    List<Firing> on(Map<Long, Set<Verb>> changes, Collection<Long> named) throws SQLException {
        List<Firing> firings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ON_TABLES)) {
            statement.setArray(
                    1, connection.createArrayOf("oid", changes.keySet().toArray()));
            statement.setArray(2, connection.createArrayOf("oid", named.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next() && firings.size() < MOST) {
                    int type = row.getInt(4);
                    List<Verb> verbs = changes.getOrDefault(row.getLong(1), Set.of()).stream()
                            .filter(verb -> (type & bit(verb)) != 0)
                            .toList();
                    for (Verb verb : verbs) {
                        firings.add(new Firing(row.getString(2), row.getString(3), when(type, verb), row.getString(5)));
                    }
                }
            }
        }
        return firings;
    }

    /** Those of the whole database. */
    List<Firing> onCommand(String command) throws SQLException {
        List<Firing> firings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(EVENT_TRIGGERS)) {
            statement.setString(1, command);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    firings.add(new Firing("", row.getString(1), "at " + row.getString(2), row.getString(3)));
                }
            }
        }
        return firings;
    }

    private static int bit(Verb verb) {
        return switch (verb) {
            case INSERT -> INSERT;
            case UPDATE -> UPDATE;
            case DELETE -> DELETE;
            case TRUNCATE -> TRUNCATE;
            case READ, DROP, DROP_SCHEMA, DROP_DATABASE, OTHER -> 0;
        };
    }

    /** {@code before each deleted row}, {@code after the TRUNCATE}. */
    static String when(int type, Verb verb) {
        String time = (type & INSTEAD) != 0 ? "instead of" : (type & BEFORE) != 0 ? "before" : "after";
        boolean perRow = (type & ROW) != 0;
        return time
                + switch (verb) {
                    case INSERT -> perRow ? " each inserted row" : " the INSERT";
                    case UPDATE -> perRow ? " each updated row" : " the UPDATE";
                    case DELETE -> perRow ? " each deleted row" : " the DELETE";
                    case TRUNCATE -> " the TRUNCATE";
                    case READ, DROP, DROP_SCHEMA, DROP_DATABASE, OTHER -> "";
                };
    }
}
