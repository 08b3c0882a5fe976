package io.holdfast.proxy.impact;

import io.holdfast.proxy.impact.Relations.Relation;
import io.holdfast.proxy.insight.RowCount;
import io.holdfast.proxy.statement.SqlToken;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rows of one table, as a query that can return any of its columns. Pure.
 *
 * @param before the WITH that stands before SELECT; may be empty
 * @param behind FROM and what follows it
 * @param parameters such as {@code $2}, each once
 */
record RowSet(String before, String behind, List<String> parameters) {
    RowSet {
        parameters = List.copyOf(parameters);
    }

    /** All rows of a table, and of what inherits from it. */
    static RowSet all(Relation table) {
        return new RowSet("", "FROM " + quoted(table), List.of());
    }

    /** The rows that a query counts; empty: it is not of the form that it should have. */
    static Optional<RowSet> of(RowCount.Query query) {
        List<SqlToken> tokens = SqlToken.listOf(query.sql()).orElse(List.of());
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (depth == 0 && token.is("SELECT")) {
                // SELECT count ( * ) FROM: all other SELECTs are in parentheses
                return i + 5 < tokens.size() && tokens.get(i + 5).is("FROM")
                        ? Optional.of(new RowSet(
                                SqlToken.textOf(tokens.subList(0, i)),
                                SqlToken.textOf(tokens.subList(i + 5, tokens.size())),
                                query.parameters()))
                        : Optional.empty();
            }
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
        }
        return Optional.empty();
    }

    /** The rows of {@code child} that refer to these by a foreign key. */
    RowSet referencing(ForeignKey key, Relation child) {
        return new RowSet(
                "",
                "FROM " + quoted(child) + " WHERE (" + list(key.childColumns()) + ") IN ("
                        + select(list(key.parentColumns())) + ')',
                parameters);
    }

    /** The query that counts them. */
    RowCount.Query count(String target) {
        return new RowCount.Query(target, select("count(*)"), parameters);
    }

    private String select(String columns) {
        return (before.isEmpty() ? "" : before + ' ') + "SELECT " + columns + ' ' + behind;
    }

    private static String list(List<String> columns) {
        return columns.stream().map(Quoted::name).collect(Collectors.joining(", "));
    }

    private static String quoted(Relation table) {
        return Quoted.name(table.schema()) + '.' + Quoted.name(table.name());
    }
}
