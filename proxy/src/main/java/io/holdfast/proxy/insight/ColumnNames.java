package io.holdfast.proxy.insight;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.insert.InsertConflictAction;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.update.UpdateSet;
import net.sf.jsqlparser.util.TablesNamesFinder;
import org.jspecify.annotations.Nullable;

/** Columns that a statement writes, and those that decide about which rows. */
final class ColumnNames {
    /** JSqlParser takes these for columns. */
    private static final Set<String> FUNCTIONS_WITHOUT_PARENTHESES = Set.of(
            "current_catalog",
            "current_date",
            "current_role",
            "current_schema",
            "current_time",
            "current_timestamp",
            "current_user",
            "localtime",
            "localtimestamp",
            "session_user",
            "system_user",
            "user");

    private final Set<String> written = new LinkedHashSet<>();
    private final Set<String> conditions = new LinkedHashSet<>();

    /** Takes in what one statement says, without its WITH. */
    void add(Statement tree) {
        switch (tree) {
            case Update update -> {
                assigned(update.getUpdateSets());
                condition(update.getWhere());
            }
            case Delete delete -> condition(delete.getWhere());
            case Insert insert -> {
                written(insert.getColumns());
                InsertConflictAction conflict = insert.getConflictAction();
                if (conflict != null) {
                    assigned(conflict.getUpdateSets());
                    condition(conflict.getWhereExpression());
                }
            }
            case PlainSelect select -> condition(select.getWhere());
            default -> {} // DDL and other commands have no such columns
        }
    }

    List<String> written() {
        return List.copyOf(written);
    }

    List<String> conditions() {
        return List.copyOf(conditions);
    }

    private void assigned(@Nullable List<UpdateSet> sets) {
        if (sets != null) {
            sets.forEach(set -> written(set.getColumns()));
        }
    }

    private void written(@Nullable List<Column> columns) {
        if (columns != null) {
            columns.forEach(column -> written.add(column.getFullyQualifiedName()));
        }
    }

    private void condition(@Nullable Expression condition) {
        if (condition != null) {
            new Finder().getTables(condition);
        }
    }

    /** The finder of tables goes everywhere, subqueries included; on its way it sees the columns. */
    private final class Finder extends TablesNamesFinder<Void> {
        @Override
        public <S> @Nullable Void visit(Column column, S context) {
            String name = column.getFullyQualifiedName();
            if (!FUNCTIONS_WITHOUT_PARENTHESES.contains(name.toLowerCase(Locale.ROOT))) {
                conditions.add(name);
            }
            return super.visit(column, context);
        }
    }
}
