package io.holdfast.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.loadtest.report.Metric;
import io.holdfast.loadtest.report.Row;
import io.holdfast.loadtest.rig.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    // Without processes: what is measured through /proc is left out.
    private static final Target DIRECT = new Target("direct", 1, false, null);
    private static final Target PROXY = new Target("proxy", 2, false, null);

    private final List<String> played = new ArrayList<>();

    private static Outcome rate(double rate) {
        return new Outcome(rate, OptionalDouble.of(2_000), Map.of(Metric.P50, 5.0));
    }

    @Test
    void aFirstRoundWarmsUpAndIsNotCounted() throws Exception {
        List<Row> rows = new Comparison(List.of(DIRECT), Unit.TRANSACTION)
                .rows(List.of("simple"), 2, (target, warmUp) -> {
                    played.add(target.name() + (warmUp ? " warms up" : ""));
                    return rate(warmUp ? 1 : 1_000);
                });
        assertThat(played).containsExactly("direct warms up", "direct", "direct");
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.labels()).containsExactly("simple", "direct");
            assertThat(row.rounds()).hasSize(2);
            assertThat(row.median(Metric.PER_SECOND)).hasValue(1_000);
            assertThat(row.median(Metric.OF_DIRECT)).hasValue(1);
            assertThat(row.median(Metric.CPU_MICROS)).hasValue(2);
            assertThat(row.median(Metric.P50)).hasValue(5);
        });
    }

    @Test
    void targetsTakeTurnsAndAreComparedWithinTheirRound() throws Exception {
        // The machine is half as fast in each round as in the one before, and the proxy takes a fifth.
        List<Row> rows = new Comparison(List.of(DIRECT, PROXY), Unit.TRANSACTION)
                .rows(List.of(), 3, (target, warmUp) -> {
                    if (!warmUp) {
                        played.add(target.name());
                    }
                    int round = Math.max(0, played.size() - 1) / 2;
                    double machine = 1_000 / Math.pow(2, round);
                    return rate(target.isBaseline() ? machine : machine * 0.8);
                });
        assertThat(played).containsExactly("direct", "proxy", "proxy", "direct", "direct", "proxy");
        assertThat(rows.get(1).rounds())
                .extracting(round -> round.get(Metric.OF_DIRECT))
                .containsExactly(0.8, 0.8, 0.8);
        assertThat(rows.get(1).median(Metric.PER_SECOND)).hasValue(400);
        assertThat(rows.get(0).median(Metric.OF_DIRECT)).hasValue(1);
    }
}
