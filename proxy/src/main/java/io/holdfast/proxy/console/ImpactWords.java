package io.holdfast.proxy.console;

import io.holdfast.proxy.impact.Impact;
import io.holdfast.proxy.impact.InTheWay;
import io.holdfast.proxy.impact.Reach;
import io.holdfast.proxy.impact.Rows;
import io.holdfast.proxy.impact.StatementImpact;
import io.holdfast.proxy.impact.TableSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** An impact in a line, without constants of the text: {@code 3 rows, 310 MB, cascades to order_items; 2 sessions in the way}. Pure. */
public final class ImpactWords {
    private static final int NAMES = 5;

    private ImpactWords() {}

    /**
     * The line.
     *
     * @param name makes a table's name fit to be shown where the line is
     * @return empty: nothing has been measured
     */
    public static String inShort(Impact impact, UnaryOperator<String> name) {
        return switch (impact) {
            case Impact.Pending _ -> "";
            case Impact.None _ -> "unknown, it was not measured";
            case Impact.Measured measured -> line(measured, name);
        };
    }

    private static String line(Impact.Measured measured, UnaryOperator<String> name) {
        List<String> parts = new ArrayList<>();
        Map<String, TableSize> tables = new LinkedHashMap<>();
        Set<String> reached = new LinkedHashSet<>();
        Set<String> triggers = new LinkedHashSet<>();
        for (StatementImpact statement : measured.statements()) {
            statement.tables().forEach(table -> tables.put(table.name(), table));
            statement.reaches().stream()
                    .filter(reach -> reach.effect().changes())
                    .map(Reach::table)
                    .map(TableSize::name)
                    .forEach(reached::add);
            statement.firings().forEach(firing -> triggers.add(firing.table() + '.' + firing.trigger()));
        }
        parts.add(rows(measured.statements(), tables));
        if (!tables.isEmpty()) {
            parts.add(bytes(tables));
        }
        if (!reached.isEmpty()) {
            parts.add("cascades to " + names(reached, name));
        }
        if (!triggers.isEmpty()) {
            parts.add(Amounts.of(triggers.size(), "trigger"));
        }
        parts.removeIf(String::isEmpty);
        return String.join(", ", parts) + (parts.isEmpty() ? "" : "; ") + inTheWay(measured.inTheWay());
    }

    /** Counted where rows are counted, else estimated: TRUNCATE takes all. */
    private static String rows(List<StatementImpact> statements, Map<String, TableSize> tables) {
        List<Rows> rows = statements.stream()
                .flatMap(statement -> statement.rows().stream())
                .toList();
        if (rows.isEmpty()) {
            boolean known = !tables.isEmpty()
                    && tables.values().stream().allMatch(table -> table.estimatedRows() != TableSize.UNKNOWN);
            long estimate =
                    tables.values().stream().mapToLong(TableSize::estimatedRows).sum();
            return known ? "about " + Amounts.about(estimate) + " rows in all" : "";
        }
        long sum = 0;
        boolean atMost = false;
        for (Rows count : rows) {
            switch (count) {
                case Rows.Counted counted -> {
                    sum += counted.rows();
                    atMost |= counted.atMost();
                }
                case Rows.TooMany(var target, Duration limit) -> {
                    return "more rows than can be counted in " + Times.text(limit);
                }
                case Rows.NotCounted _ -> {
                    return "rows not counted";
                }
            }
        }
        return (atMost ? "at most " : "") + Amounts.of(sum, "row") + along(statements);
    }

    /** What foreign keys take along with them. */
    private static String along(List<StatementImpact> statements) {
        List<Rows> rows = statements.stream()
                .flatMap(statement -> statement.along().stream())
                .toList();
        long sum = 0;
        for (Rows count : rows) {
            sum += count instanceof Rows.Counted counted ? counted.rows() : 0;
        }
        boolean all = rows.stream().allMatch(Rows.Counted.class::isInstance);
        return rows.isEmpty() ? "" : " and " + Amounts.about(sum) + (all ? "" : " or more") + " along";
    }

    private static String bytes(Map<String, TableSize> tables) {
        boolean known = tables.values().stream().allMatch(table -> table.bytes() != TableSize.UNKNOWN);
        long sum = tables.values().stream().mapToLong(TableSize::bytes).sum();
        String where = tables.size() == 1 ? "" : " in " + Amounts.of(tables.size(), "table");
        return known ? Amounts.bytes(sum) + where : "";
    }

    private static String names(Set<String> names, UnaryOperator<String> name) {
        String shown = names.stream().limit(NAMES).map(name).collect(Collectors.joining(", "));
        return names.size() <= NAMES ? shown : shown + " and " + (names.size() - NAMES) + " more";
    }

    private static String inTheWay(InTheWay inTheWay) {
        return switch (inTheWay) {
            case InTheWay.Unknown _ -> "who is in the way is not known";
            case InTheWay.Sessions sessions ->
                sessions.count() == 0 ? "nobody in the way" : Amounts.of(sessions.count(), "session") + " in the way";
        };
    }
}
