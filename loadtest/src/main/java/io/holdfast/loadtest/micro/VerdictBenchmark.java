package io.holdfast.loadtest.micro;

import io.holdfast.config.Protect;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.Upstream;
import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.policy.Policy;
import io.holdfast.proxy.policy.Requester;
import io.holdfast.proxy.policy.Ruling;
import io.holdfast.proxy.session.FactsCache;
import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
 * What does a verdict cost: for a text that is known, as the text of a Parse mostly is, and, the baseline, for one that is not? With rules
 * of one's own in front of the preset, none of which covers the statement, so that all are asked.
 *
 * <pre>
 * mvn -B -pl loadtest -am -Dmaven.test.skip=true package
 * java -jar loadtest/target/benchmarks.jar VerdictBenchmark -prof gc
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class VerdictBenchmark {
    /** The statement of this run. */
    @Param({"POINT_SELECT", "JOIN", "INSERT"})
    public ClassifyBenchmark.Text text = ClassifyBenchmark.Text.POINT_SELECT;

    /** Rules in front of the preset. */
    @Param({"0", "20"})
    public int rules = 0;

    private final FactsCache cache = new FactsCache(new Meters());
    private final Requester who = new Requester(
            "bo",
            "bo",
            "shop",
            "psql",
            InetAddress.getLoopbackAddress(),
            Upstream.Environment.PRODUCTION,
            Instant.EPOCH);
    private byte[] sql = {};
    private Policy policy = new Policy(List.of());

    @Setup
    public void prepare() {
        sql = text.sql().getBytes(StandardCharsets.UTF_8);
        cache.read(sql.clone());
        List<RuleConfig> own = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            own.add(new RuleConfig("rule " + i, truncateOf("staging.table_" + i), new RuleConfig.Action.Allow()));
        }
        policy = Policy.of(new Protect(Protect.Preset.GUARDRAIL, own, MicroSettings.HOLDS));
    }

    private static RuleConfig.When truncateOf(String table) {
        return new RuleConfig.When(
                Set.of(),
                Set.of("TRUNCATE"),
                List.of(table),
                List.of(),
                false,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of());
    }

    /** Facts from the cache. */
    @Benchmark
    public Ruling known() {
        return decide(cache.read(sql));
    }

    /** Facts read from the text. */
    @Benchmark
    public Ruling baselineRead() {
        return decide(StatementReader.read(sql, 0, sql.length));
    }

    private Ruling decide(SqlFacts facts) {
        return policy.rule(facts.statements(), who);
    }
}
