package io.holdfast.proxy.impact;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;

/** JDBC's statements as they are needed here. */
final class Statements {
    private Statements() {}

    /** For SQL that others have written: the driver takes nothing in it for its own escapes. */
    static Statement plain(Connection connection) throws SQLException {
        Statement statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    /** For the rest of the transaction. */
    static void set(Connection connection, Map<String, String> settings) throws SQLException {
        String all = settings.keySet().stream()
                .map(_ -> "pg_catalog.set_config(?, ?, true)")
                .collect(Collectors.joining(", ", "SELECT ", ""));
        try (PreparedStatement statement = connection.prepareStatement(all)) {
            int parameter = 1;
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                statement.setString(parameter++, setting.getKey());
                statement.setString(parameter++, setting.getValue());
            }
            statement.execute();
        }
    }
}
