package io.holdfast.proxy.insight;

import io.holdfast.proxy.statement.SqlToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.feature.Feature;
import net.sf.jsqlparser.statement.Statement;

/**
 * JSqlParser's tree of a statement.
 *
 * <p>The parser is called directly, on the caller's thread: its utility class starts an executor for each text, with a thread that lives on
 * if the parser does not end, and reads a second time in another mode. Here a timer of the JDK tells the parser to stop.
 */
final class StatementTree {
    private StatementTree() {}

    /**
     * Empty: JSqlParser cannot read it, or not in time, or its tree, printed, is not the text that it was made from. Such a tree has lost
     * something, or understood something else.
     */
    static Optional<Statement> of(ParserText text, Duration limit) {
        CCJSqlParser parser = new CCJSqlParser(new StringProvider(text.sql()));
        parser.setValue(Feature.allowSquareBracketQuotation, false); // a[1] is an array's element
        CompletableFuture<Boolean> timer =
                new CompletableFuture<Boolean>().completeOnTimeout(true, limit.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<Void> stop = timer.thenAccept(late -> parser.interrupted |= late);
        try {
            Statement tree = parser.Statement();
            return !parser.interrupted && says(tree, text.tokens()) ? Optional.of(tree) : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        } finally {
            timer.complete(false);
            stop.cancel(false);
        }
    }

    private static boolean says(Statement tree, List<SqlToken> tokens) {
        List<SqlToken> printed = SqlToken.listOf(tree.toString()).orElse(List.of());
        if (printed.size() != tokens.size()) {
            return false;
        }
        for (int i = 0; i < tokens.size(); i++) {
            if (!printed.get(i).sameAs(tokens.get(i))) {
                return false;
            }
        }
        return true;
    }
}
