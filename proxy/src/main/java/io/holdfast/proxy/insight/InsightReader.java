package io.holdfast.proxy.insight;

import io.holdfast.proxy.insight.StatementInsight.Details;
import io.holdfast.proxy.insight.StatementInsight.Unreadable;
import io.holdfast.proxy.statement.SqlToken;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import net.sf.jsqlparser.statement.ParenthesedStatement;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.delete.ParenthesedDelete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.insert.ParenthesedInsert;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.WithItem;
import net.sf.jsqlparser.statement.update.ParenthesedUpdate;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.util.TablesNamesFinder;

/** Reads a text statement by statement; one that fails costs no other. */
final class InsightReader {
    static final String CANNOT_READ = "JSqlParser cannot read it";

    /** A parser takes 100 kB, however short the statement. */
    private static final int MAX_STATEMENTS = 200;

    private InsightReader() {}

    /**
     * One insight for each statement that {@link StatementReader} finds, in its order.
     *
     * @param nanoTime a clock for the limit, in nanoseconds
     * @param limit for all of them; for those that come too late nothing is known
     */
    static List<StatementInsight> read(String text, LongSupplier nanoTime, Duration limit) {
        long start = nanoTime.getAsLong();
        byte[] sql = text.getBytes(StandardCharsets.UTF_8);
        List<StatementInsight> insights = new ArrayList<>();
        for (StatementFacts facts : StatementReader.read(sql, 0, sql.length).statements()) {
            Duration left = limit.minusNanos(nanoTime.getAsLong() - start);
            if (insights.size() >= MAX_STATEMENTS) {
                insights.add(new Unreadable("only the first " + MAX_STATEMENTS + " statements are read"));
            } else if (!left.isPositive()) {
                insights.add(new Unreadable("reading the statements took too long"));
            } else {
                insights.add(SqlToken.listOf(sql, facts.start(), facts.end() - facts.start())
                        .flatMap(ParserText::of)
                        .flatMap(statement -> statement(statement, left))
                        .orElse(new Unreadable(CANNOT_READ)));
            }
        }
        return insights;
    }

    private static Optional<StatementInsight> statement(ParserText text, Duration limit) {
        try {
            return StatementTree.of(text, limit).map(tree -> details(text, tree));
        } catch (RuntimeException | VirtualMachineError | LinkageError e) {
            // Too deep for the stack; whatever else a parser that was not made for hostile texts does with one.
            return Optional.empty();
        }
    }

    private static StatementInsight details(ParserText text, Statement tree) {
        ColumnNames columns = new ColumnNames();
        List<RowCount> counts = new ArrayList<>();
        RowCounts counter = new RowCounts(text);
        List<WithItem<?>> with = withItems(tree);
        for (int i = 0; i < with.size(); i++) {
            Statement inner = unwrapped(with.get(i));
            columns.add(inner);
            List<WithItem<?>> scope = new ArrayList<>(with.subList(0, i));
            scope.addAll(withItems(inner));
            boolean clear = !with.getFirst().isRecursive() && areDistinct(scope);
            counter.of(inner, scope)
                    .map(count -> clear ? count : new RowCount.Unknown(count.target(), "it is in a WITH of many names"))
                    .ifPresent(counts::add);
        }
        columns.add(tree);
        counter.of(tree, with).ifPresent(counts::add);
        return new Details(tables(text, tree), columns.written(), columns.conditions(), counts);
    }

    private static List<String> tables(ParserText text, Statement tree) {
        Set<String> names = new TreeSet<>();
        for (String name : new TablesNamesFinder<Void>().getTables(tree)) {
            text.restored(name).ifPresent(names::add);
        }
        return List.copyOf(names);
    }

    private static List<WithItem<?>> withItems(Statement tree) {
        List<WithItem<?>> items = switch (tree) {
            case Update update -> update.getWithItemsList();
            case Delete delete -> delete.getWithItemsList();
            case Insert insert -> insert.getWithItemsList();
            case Select select -> select.getWithItemsList();
            default -> null;
        };
        return Objects.requireNonNullElse(items, List.of());
    }

    private static Statement unwrapped(WithItem<?> item) {
        ParenthesedStatement statement = item.getParenthesedStatement();
        return switch (statement) {
            case ParenthesedDelete delete -> delete.getDelete();
            case ParenthesedUpdate update -> update.getUpdate();
            case ParenthesedInsert insert -> insert.getInsert();
            default -> statement;
        };
    }

    private static boolean areDistinct(List<WithItem<?>> items) {
        Set<String> names = new HashSet<>();
        return items.stream().allMatch(item -> names.add(RowCounts.folded(item.getAliasName())));
    }
}
