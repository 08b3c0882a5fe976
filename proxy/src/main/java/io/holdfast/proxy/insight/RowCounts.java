package io.holdfast.proxy.insight;

import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.SqlToken;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.WithItem;
import net.sf.jsqlparser.statement.update.Update;
import org.jspecify.annotations.Nullable;

/**
 * An UPDATE or DELETE as a query that counts its rows. Other tables move into an EXISTS: a row of the target that meets several of their rows
 * is still touched once, and every name in the condition finds the same table there if the statement is valid at all.
 */
final class RowCounts {
    private final ParserText text;

    RowCounts(ParserText text) {
        this.text = text;
    }

    /**
     * The count of one statement.
     *
     * @param with the names that it may use, in order
     * @return empty for anything but an UPDATE or DELETE
     */
    Optional<RowCount> of(Statement tree, List<? extends WithItem<?>> with) {
        return switch (tree) {
            case Delete delete -> Optional.of(of(delete, with));
            case Update update -> Optional.of(of(update, with));
            default -> Optional.empty();
        };
    }

    private RowCount of(Delete delete, List<? extends WithItem<?>> with) {
        boolean foreign = !delete.isHasFrom()
                || has(delete.getTables())
                || has(delete.getJoins())
                || has(delete.getOrderByElements())
                || delete.getLimit() != null
                || delete.getForPortionClause() != null;
        String others = list(delete.getUsingFromItemList());
        return foreign ? notPostgres(delete.getTable()) : query(with, delete.getTable(), others, delete.getWhere());
    }

    private RowCount of(Update update, List<? extends WithItem<?>> with) {
        boolean foreign = has(update.getStartJoins())
                || update.isFromBeforeSet()
                || has(update.getOrderByElements())
                || update.getLimit() != null
                || update.getForPortionClause() != null;
        String others = update.getFromItem() == null ? "" : update.getFromItem() + joins(update.getJoins());
        return foreign ? notPostgres(update.getTable()) : query(with, update.getTable(), others, update.getWhere());
    }

    private RowCount query(List<? extends WithItem<?>> with, Table table, String others, @Nullable Expression where) {
        if (hides(with, table)) {
            return new RowCount.Unknown(target(table), "WITH has the table's name");
        }
        StringBuilder sql = new StringBuilder();
        if (with.stream().anyMatch(item -> isUsed(item, others + ' ' + where))) {
            sql.append("WITH ").append(list(with)).append(' ');
        }
        sql.append("SELECT count(*) FROM ").append(table);
        String condition = where == null ? "" : " WHERE " + where;
        if (others.isEmpty()) {
            sql.append(condition);
        } else {
            sql.append(" WHERE EXISTS (SELECT 1 FROM ")
                    .append(others)
                    .append(condition)
                    .append(')');
        }
        return text.restored(sql.toString())
                .map(restored -> checked(target(table), restored))
                .orElseGet(() -> new RowCount.Unknown(target(table), "the count does not scan"));
    }

    /** What people may paste has to be harmless, and the reader that guards everything else says whether it is. */
    private static RowCount checked(String target, String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        SqlFacts facts = StatementReader.read(bytes, 0, bytes.length);
        if (facts.statements().size() != 1 || facts.statementClass() != StatementClass.READ) {
            String reason =
                    facts.statements().stream().map(StatementFacts::reason).collect(Collectors.joining("; "));
            return new RowCount.Unknown(target, "counting would not only read: " + reason);
        }
        List<String> parameters = SqlToken.listOf(sql).orElseThrow().stream()
                .filter(token -> token.kind() == SqlToken.Kind.PARAMETER)
                .map(SqlToken::text)
                .distinct()
                .toList();
        return new RowCount.Query(target, sql, parameters);
    }

    /** Whether the name of a WITH query is there at all; most that change something beside a statement are not in its condition. */
    private static boolean isUsed(WithItem<?> item, String there) {
        String name = folded(item.getAliasName());
        return SqlToken.listOf(there)
                .map(tokens ->
                        tokens.stream().anyMatch(token -> folded(token.text()).equals(name)))
                .orElse(true);
    }

    /** An UPDATE or DELETE never means a WITH query by its target; a SELECT would. */
    private static boolean hides(List<? extends WithItem<?>> with, Table table) {
        String name = table.getName();
        return table.getSchemaName() == null
                && with.stream().anyMatch(item -> folded(item.getAliasName()).equals(folded(name)));
    }

    /** More names are the same here than to PostgreSQL, which costs a count at worst. */
    static String folded(String name) {
        return name.replace("\"", "").toLowerCase(Locale.ROOT);
    }

    private RowCount notPostgres(Table table) {
        return new RowCount.Unknown(target(table), "not PostgreSQL's grammar");
    }

    private String target(Table table) {
        return text.restored(table.toString()).orElse("?");
    }

    private static String joins(@Nullable List<Join> joins) {
        return joins == null
                ? ""
                : joins.stream()
                        .map(join -> (join.isSimple() ? ", " : " ") + join)
                        .collect(Collectors.joining());
    }

    private static String list(@Nullable List<?> items) {
        return items == null ? "" : items.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static boolean has(@Nullable List<?> list) {
        return list != null && !list.isEmpty();
    }
}
