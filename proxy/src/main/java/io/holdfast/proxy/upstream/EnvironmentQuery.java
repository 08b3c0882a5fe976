package io.holdfast.proxy.upstream;

import io.holdfast.proxy.ci.DatabaseSays;
import io.holdfast.proxy.ci.Evidence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a database what it is: its settings, its neighbours', Rails' metadata, and a query of the operators'. Settings are read as
 * they are stored, so that a new word counts at once, not with the next connection.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-db-role-setting.html">pg_db_role_setting</a>
 */
public final class EnvironmentQuery {
    private static final String SETTING = "holdfast.environment";

    /** Else the database could choose what names below mean. */
    private static final String FIXED_PATH = "SET search_path = pg_catalog, pg_temp";

    private static final String STORED = """
            SELECT d.datname, d.datname = pg_catalog.current_database(), s.setting
            FROM pg_catalog.pg_db_role_setting r
            LEFT JOIN pg_catalog.pg_database d ON d.oid = r.setdatabase
            CROSS JOIN LATERAL pg_catalog.unnest(r.setconfig) AS s(setting)
            WHERE r.setrole = 0 AND pg_catalog.lower(pg_catalog.split_part(s.setting, '=', 1)) = 'holdfast.environment'""";

    private static final String IN_FORCE = "SELECT pg_catalog.current_setting('holdfast.environment', true)";

    private static final String RAILS = """
            SELECT pg_catalog.quote_ident(n.nspname), n.nspname,
                   pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = 'ar_internal_metadata' AND c.relkind IN ('r', 'p') AND NOT pg_catalog.pg_is_other_temp_schema(n.oid)
            ORDER BY n.nspname LIMIT 1000""";

    private final Connection connection;
    private final String database;
    private final String account;
    private final List<Evidence> own = new ArrayList<>();
    private final List<Evidence> neighbours = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private EnvironmentQuery(Connection connection, String database, String account) {
        this.connection = connection;
        this.database = database;
        this.account = account;
    }

    /**
     * Asks everything.
     *
     * @param account who asks, for the way out
     * @param query the operators'; null: none
     * @throws SQLException if the connection fails, or what anybody may read cannot be read
     */
    public static DatabaseSays read(Connection connection, String database, String account, @Nullable String query)
            throws SQLException {
        EnvironmentQuery asked = new EnvironmentQuery(connection, database, account);
        asked.settings();
        asked.rails();
        if (query != null) {
            asked.operators(query);
        }
        return DatabaseSays.of(asked.own, asked.neighbours, asked.problems);
    }

    private void settings() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(FIXED_PATH);
            try (ResultSet rows = statement.executeQuery(STORED)) {
                while (rows.next()) {
                    setting(rows.getString(1), rows.getBoolean(2), value(rows.getString(3)));
                }
            }
            try (ResultSet row = statement.executeQuery(IN_FORCE)) {
                row.next();
                String word = row.getString(1);
                if (word != null && !word.isBlank() && own.isEmpty()) {
                    own.add(Evidence.of(SETTING + " of the server", word)); // its configuration file
                }
            }
        }
    }

    /** @param name of the database that the setting is for; null: all of the server */
    private void setting(@Nullable String name, boolean isOurs, String word) {
        if (word.isBlank()) {
            return;
        }
        if (name == null) {
            own.add(Evidence.of(SETTING + " of all databases", word));
        } else {
            (isOurs ? own : neighbours).add(Evidence.of(SETTING + " of database \"" + name + '"', word));
        }
    }

    private static String value(String setting) {
        return setting.substring(setting.indexOf('=') + 1);
    }

    /** What Rails itself looks at before it lets go of a database. */
    private void rails() throws SQLException {
        List<String> readable = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(RAILS)) {
            while (rows.next()) {
                if (rows.getBoolean(3)) {
                    readable.add(rows.getString(1));
                } else {
                    problems.add("user \"" + account + "\" may not read ar_internal_metadata in schema \""
                            + rows.getString(2) + "\" of database \"" + database
                            + "\"; GRANT SELECT on it, and USAGE on the schema");
                }
            }
        }
        if (readable.isEmpty()) {
            return;
        }
        int found = own.size();
        String union = readable.stream()
                .map(schema -> "SELECT '" + schema.replace("'", "''") + "', value::text FROM " + schema
                        + ".ar_internal_metadata WHERE key::text = 'environment'")
                .reduce((a, b) -> a + " UNION ALL " + b)
                .orElseThrow();
        words(union, "ar_internal_metadata");
        if (own.size() == found && problems.isEmpty()) {
            problems.add("ar_internal_metadata of database \"" + database
                    + "\" has no environment; bin/rails db:environment:set writes it");
        }
    }

    private void words(String union, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(union)) {
            while (rows.next()) {
                String word = rows.getString(2);
                if (word != null && !word.isBlank()) {
                    own.add(Evidence.of(table + " in schema " + rows.getString(1), word));
                }
            }
        } catch (SQLException e) {
            unlessLost(e, table + " of database \"" + database + "\" cannot be read: ");
        }
    }

    private void operators(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                String word = rows.getString(1);
                if (word != null && !word.isBlank()) {
                    own.add(Evidence.of("environment-query in database \"" + database + '"', word));
                }
            }
        } catch (SQLException e) {
            unlessLost(e, "environment-query failed in database \"" + database + "\": ");
        }
    }

    private void unlessLost(SQLException failure, String what) throws SQLException {
        if (BackgroundConnections.isConnectionFailure(failure)) {
            throw failure;
        }
        problems.add(what + BackgroundConnections.oneLine(failure));
    }
}
