package io.holdfast.loadtest.micro;

import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.session.FactsCache;
import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.feature.Feature;
import net.sf.jsqlparser.statement.Statement;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Why is JSqlParser not the gate? The same texts read by Holdfast's reader and by JSqlParser, each from the bytes on the wire, and beside
 * them what the proxy does with a text that it knows.
 *
 * <pre>
 * mvn -B -pl loadtest -am -Dmaven.test.skip=true package
 * java -jar loadtest/target/benchmarks.jar NewTextBenchmark -prof gc
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class NewTextBenchmark {
    private static final int LARGE = 100_000;

    /** Kinds of texts. */
    public enum Text {
        /** pgbench's. */
        SELECT("SELECT abalance FROM pgbench_accounts WHERE aid = 4711"),
        INSERT("INSERT INTO events (customer_id, kind, payload) VALUES ($1, $2, $3) RETURNING id"),
        DELETE("DELETE FROM orders WHERE customer_id = $1 AND ordered_at < now() - interval '1 year'"),
        /** 100,000 bytes: an INSERT of many rows, as a data loader writes it. */
        LARGE_INSERT(largeInsert());

        private final String sql;

        Text(String sql) {
            this.sql = sql;
        }

        private static String largeInsert() {
            StringBuilder sql =
                    new StringBuilder("INSERT INTO events (customer_id, kind, payload) VALUES (1, 'a', NULL)");
            String row = ", (4711, 'order', 'twenty-four bytes of text')";
            while (sql.length() + row.length() <= LARGE) {
                sql.append(row);
            }
            return sql.append(" ".repeat(LARGE - sql.length())).toString();
        }
    }

    /** The statement of this run. */
    @Param
    public Text text = Text.SELECT;

    private final FactsCache cache = new FactsCache(new Meters());
    private byte[] sql = {};

    /** The cache gets an equal array, as one that comes again from the wire is never the same. */
    @Setup
    public void encode() {
        sql = text.sql.getBytes(StandardCharsets.UTF_8);
        cache.read(sql.clone());
    }

    /** A text that was seen before. */
    @Benchmark
    public SqlFacts cached() {
        return cache.read(sql);
    }

    /** A text that was not, read. */
    @Benchmark
    public SqlFacts holdfast() {
        return StatementReader.read(sql, 0, sql.length);
    }

    /** The same by JSqlParser, called directly, without the executor that its utility class starts for each text. */
    @Benchmark
    public Statement jsqlparser() throws ParseException {
        CCJSqlParser parser = new CCJSqlParser(new StringProvider(new String(sql, StandardCharsets.UTF_8)));
        parser.setValue(Feature.allowSquareBracketQuotation, false);
        return parser.Statement();
    }
}
