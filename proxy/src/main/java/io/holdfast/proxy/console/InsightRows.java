package io.holdfast.proxy.console;

import io.holdfast.proxy.audit.SecretRedactor;
import io.holdfast.proxy.insight.Insight;
import io.holdfast.proxy.insight.RowCount;
import io.holdfast.proxy.insight.StatementInsight;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of SHOW HOLD that says what statements depend on, and how to count the rows they would touch. Pure. */
final class InsightRows {
    private final List<List<@Nullable String>> rows = new ArrayList<>();

    private InsightRows() {}

    static List<List<@Nullable String>> of(Insight insight) {
        InsightRows rows = new InsightRows();
        switch (insight) {
            case Insight.Pending() -> rows.add("insight", "is being read; SHOW HOLD again in a moment");
            case Insight.None(var why) -> rows.add("insight", "none: " + why);
            case Insight.Known(var statements) -> rows.statements(statements);
        }
        return rows.rows;
    }

    private void statements(List<StatementInsight> statements) {
        int number = 1;
        for (StatementInsight statement : statements) {
            String name = "statement " + number++;
            switch (statement) {
                case StatementInsight.Unreadable(var why) -> add(name + " insight", "none: " + why);
                case StatementInsight.Details details -> {
                    addNames(name + " writes", details.written());
                    addNames(name + " depends on", details.conditions());
                    details.counts().forEach(count -> add(name + " rows of " + text(count.target()), count(count)));
                }
            }
        }
    }

    private static String count(RowCount count) {
        return switch (count) {
            case RowCount.Query(var target, var sql, var parameters) ->
                text(sql) + (parameters.isEmpty() ? "" : "; with " + String.join(", ", parameters) + " as given below");
            case RowCount.Unknown(var target, var why) -> "no query: " + Visible.text(why);
        };
    }

    private void addNames(String field, List<String> names) {
        if (!names.isEmpty()) {
            add(field, text(String.join(", ", names)));
        }
    }

    private static String text(String sql) {
        return Visible.text(SecretRedactor.redactSql(sql));
    }

    private void add(String field, String value) {
        rows.add(List.of(field, value));
    }
}
