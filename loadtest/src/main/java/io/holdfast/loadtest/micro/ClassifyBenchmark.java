package io.holdfast.loadtest.micro;

import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
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
 * What does it cost to find out what a statement does, when its text has not been seen before? The baseline touches every byte
 * once, as the lookup of a text that has been seen would.
 *
 * <pre>
 * mvn -B -pl loadtest -am -Dmaven.test.skip=true package
 * java -jar loadtest/target/benchmarks.jar ClassifyBenchmark -prof gc
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ClassifyBenchmark {
    /** Kinds of statements, from pgbench's to an ORM's. */
    public enum Text {
        POINT_SELECT("SELECT abalance FROM pgbench_accounts WHERE aid = 4711"),
        JOIN("""
                SELECT o.id, o.status, sum(i.quantity * i.price_cents) AS total, lower(c.name)
                FROM orders o JOIN order_items i ON i.order_id = o.id JOIN customers c ON c.id = o.customer_id
                WHERE c.country = $1 AND o.ordered_at > now() - interval '7 days' AND o.status <> 'returned'
                GROUP BY o.id, c.name ORDER BY total DESC LIMIT 50"""),
        INSERT("INSERT INTO events (customer_id, kind, payload) VALUES ($1, $2, $3) RETURNING id"),
        DELETE("DELETE FROM customers"),
        TRUNCATE("TRUNCATE TABLE customers, orders, order_items, payments RESTART IDENTITY CASCADE");

        private final String sql;

        Text(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }
    }

    /** The statement of this run. */
    @Param
    public Text text = Text.POINT_SELECT;

    private byte[] sql = {};

    @Setup
    public void encode() {
        sql = text.sql.getBytes(StandardCharsets.UTF_8);
    }

    /** The text, read. */
    @Benchmark
    public SqlFacts read() {
        return StatementReader.read(sql, 0, sql.length);
    }

    /** Every byte, touched once. */
    @Benchmark
    public int baselineHash() {
        return Arrays.hashCode(sql);
    }
}
