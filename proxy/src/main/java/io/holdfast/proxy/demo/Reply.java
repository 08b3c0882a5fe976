package io.holdfast.proxy.demo;

import io.holdfast.proxy.cli.TextTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** How a statement ended, as its client was told. */
sealed interface Reply {
    /** What a terminal shows. */
    List<String> lines();

    /**
     * Rows.
     *
     * @param rows a value for every column; empty for null
     */
    record Rows(List<String> columns, List<List<String>> rows) implements Reply {
        @Override
        public List<String> lines() {
            return TextTable.lines(columns, rows);
        }
    }

    /** No rows, but some were changed; 0 also where PostgreSQL does not count, as for TRUNCATE. */
    record Done(int changed) implements Reply {
        @Override
        public List<String> lines() {
            return List.of(changed == 0 ? "done" : changed == 1 ? "done, 1 row" : "done, " + changed + " rows");
        }
    }

    /** An ErrorResponse; the session goes on. */
    record Failed(
            String sqlstate,
            String message,
            @Nullable String detail,
            @Nullable String hint) implements Reply {
        @Override
        public List<String> lines() {
            var lines = new ArrayList<String>();
            lines.add("ERROR:  " + sqlstate + ": " + message);
            if (detail != null) {
                lines.add("DETAIL:  " + detail);
            }
            if (hint != null) {
                lines.add("HINT:  " + hint);
            }
            return lines;
        }
    }

    /** Whether it failed with this SQLSTATE. */
    default boolean failedWith(String expected) {
        return this instanceof Failed failed && failed.sqlstate.equals(expected);
    }

    /** Whether a value of the first row is this. */
    default boolean has(String value) {
        return this instanceof Rows some
                && !some.rows.isEmpty()
                && some.rows.getFirst().contains(value);
    }

    /**
     * Runs a statement to its end.
     *
     * @throws SQLException if the server did not answer; an error that it sent is a reply
     */
    static Reply to(Statement statement, String sql) throws SQLException {
        try {
            if (!statement.execute(sql)) {
                return new Done(statement.getUpdateCount());
            }
            try (ResultSet rows = statement.getResultSet()) {
                return read(rows);
            }
        } catch (PSQLException e) {
            ServerErrorMessage error = e.getServerErrorMessage();
            if (error == null) {
                throw e;
            }
            return new Failed(
                    Objects.requireNonNullElse(error.getSQLState(), ""),
                    Objects.requireNonNullElse(error.getMessage(), ""),
                    error.getDetail(),
                    error.getHint());
        }
    }

    private static Rows read(ResultSet from) throws SQLException {
        var columns = new ArrayList<String>();
        int count = from.getMetaData().getColumnCount();
        for (int column = 1; column <= count; column++) {
            columns.add(from.getMetaData().getColumnLabel(column));
        }
        var rows = new ArrayList<List<String>>();
        while (from.next()) {
            var row = new ArrayList<String>();
            for (int column = 1; column <= count; column++) {
                row.add(Objects.requireNonNullElse(from.getString(column), ""));
            }
            rows.add(row);
        }
        return new Rows(columns, rows);
    }
}
