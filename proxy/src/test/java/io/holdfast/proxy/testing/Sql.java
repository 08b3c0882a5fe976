package io.holdfast.proxy.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JDBC in one line. */
public final class Sql {
    private Sql() {}

    /** Runs one statement text; returns its update count, -1 if it gave rows. */
    public static int run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? -1 : statement.getUpdateCount();
        }
    }

    /** The first column of the first row. */
    public static @Nullable String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new SQLException("no row: " + sql);
            }
            return rows.getString(1);
        }
    }

    public static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(String.valueOf(text(connection, sql)));
    }

    /** Whether a standby answers. */
    public static boolean onFollower(Connection connection) throws SQLException {
        return "t".equals(text(connection, "SELECT pg_is_in_recovery()"));
    }

    /** Every row, columns separated by {@code |}. */
    public static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows(rows);
        }
    }

    /** As {@link #rows(Connection, String)}. */
    public static List<String> rows(ResultSet rows) throws SQLException {
        var found = new ArrayList<String>();
        while (rows.next()) {
            var row = new StringBuilder();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                row.append(column == 1 ? "" : "|").append(rows.getString(column));
            }
            found.add(row.toString());
        }
        return found;
    }
}
