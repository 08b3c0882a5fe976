package io.holdfast.proxy.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows as psql shows them, but for centred headings. Pure. */
public final class TextTable {
    private TextTable() {}

    /**
     * Headings, a rule, the rows and their number.
     *
     * @param rows each with a value for every column
     */
    public static List<String> lines(List<String> columns, List<List<String>> rows) {
        List<Integer> widths = IntStream.range(0, columns.size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .reduce(columns.get(column).length(), Math::max))
                .toList();
        var lines = new ArrayList<String>();
        lines.add(line(columns, widths));
        lines.add(widths.stream().map(width -> "-".repeat(width + 2)).collect(Collectors.joining("+")));
        rows.forEach(row -> lines.add(line(row, widths)));
        lines.add(rows.size() == 1 ? "(1 row)" : "(" + rows.size() + " rows)");
        return lines;
    }

    private static String line(List<String> values, List<Integer> widths) {
        return IntStream.range(0, values.size())
                .mapToObj(column -> ' '
                        + values.get(column)
                        + " ".repeat(widths.get(column) - values.get(column).length() + 1))
                .collect(Collectors.joining("|"));
    }
}
