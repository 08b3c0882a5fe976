package io.holdfast.loadtest.micro;

import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.session.FactsCache;
import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
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
 * Does it pay to remember what a text does? A text that comes again is compared with reading it, and so is one that never does.
 * Both get an array of their own each time, as from the wire.
 *
 * <pre>
 * mvn -B -pl loadtest -am -Dmaven.test.skip=true package
 * java -jar loadtest/target/benchmarks.jar FactsCacheBenchmark -prof gc
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FactsCacheBenchmark {
    /** The statement of this run. */
    @Param({"POINT_SELECT", "JOIN", "INSERT"})
    public ClassifyBenchmark.Text text = ClassifyBenchmark.Text.POINT_SELECT;

    private final FactsCache cache = new FactsCache(new Meters());
    private byte[] sql = {};
    private long counter;

    /** Ten digits at the end are in a comment and make a text that was never there. */
    @Setup
    public void encode() {
        sql = (text.sql() + " --0000000000").getBytes(StandardCharsets.UTF_8);
    }

    /** The text, known. */
    @Benchmark
    public SqlFacts known() {
        return cache.read(sql.clone());
    }

    /** The text, new each time. */
    @Benchmark
    public SqlFacts neverSeen() {
        return cache.read(fresh());
    }

    /** The text, read without a cache. */
    @Benchmark
    public SqlFacts baselineRead() {
        byte[] fresh = fresh();
        return StatementReader.read(fresh, 0, fresh.length);
    }

    private byte[] fresh() {
        byte[] fresh = sql.clone();
        long rest = counter++;
        for (int i = fresh.length - 1; rest > 0; i--, rest /= 10) {
            fresh[i] = (byte) ('0' + rest % 10);
        }
        return fresh;
    }
}
