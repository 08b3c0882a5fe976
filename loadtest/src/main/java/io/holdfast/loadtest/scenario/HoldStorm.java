package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.load.HeldClients;
import io.holdfast.loadtest.load.Pgbench;
import io.holdfast.loadtest.load.PgbenchJob;
import io.holdfast.loadtest.report.Metric;
import io.holdfast.loadtest.report.Row;
import io.holdfast.loadtest.rig.Kind;
import io.holdfast.loadtest.rig.Scratch;
import io.holdfast.loadtest.rig.Servers;
import io.holdfast.loadtest.rig.Target;
import io.holdfast.loadtest.rig.Targets;
import io.holdfast.loadtest.rig.Terms;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * 30-hold-storm: a thousand clients wait for people, as many as a proxy lets wait; what do the others notice? Each of those that wait has
 * a connection to the server, which costs by itself, so the same clients are measured before they have asked, too.
 */
final class HoldStorm implements Scenario {
    private static final int SCALE = 10;

    /** The rate as a part of the same target's in the same round while there is nobody else. */
    private static final Metric OF_QUIET = new Metric("of_quiet", "of quiet", 2);

    private static final List<Metric> METRICS = Stream.concat(
                    Stream.of(Metric.PER_SECOND, OF_QUIET),
                    PointReads.METRICS.stream().filter(metric -> !metric.equals(Metric.PER_SECOND)))
            .toList();

    /** What the others do. */
    private enum Others {
        QUIET("nobody else"),
        CONNECTED("connected"),
        HELD("held");

        private final String label;

        Others(String label) {
            this.label = label;
        }
    }

    @Override
    public String question() {
        return "What do others notice while many clients wait for approval?";
    }

    @Override
    public Map<String, String> options() {
        return Defaults.of("holds", "1000")
                .and("mode", "prepared")
                .and("clients", "8")
                .and("rounds", "3")
                .and("seconds", "5")
                .and("warm-up", "3");
    }

    @Override
    public Findings measure(Options options, Scratch scratch) throws IOException, SQLException, InterruptedException {
        int holds = options.number("holds");
        if (holds > HeldClients.MOST) {
            throw new IllegalArgumentException("holds: " + holds + " (expected: " + HeldClients.MOST
                    + " or fewer, which is the most that Holdfast keeps open)");
        }
        int clients = options.number("clients");
        int rounds = options.number("rounds");
        int warmUpSeconds = options.number("warm-up");
        String mode = options.word("mode", PgbenchJob.MODES);
        PgbenchJob job = PgbenchJob.of(PgbenchJob.POINT_READS, mode, clients, options.number("seconds"));
        Pgbench pgbench = new Pgbench(scratch);
        Comparison.Load reads =
                (target, warmUp) -> Outcome.of(pgbench.run(target, warmUp ? job.lasting(warmUpSeconds) : job));
        try (Servers servers = Servers.start(Servers.Plan.primary(holds + 2 * clients))) {
            pgbench.fill(servers, SCALE);
            HeldClients.prepare(servers, holds);
            try (Targets targets =
                    Targets.start(List.of(Kind.HOLDFAST), scratch, servers, Terms.plain(options.jvm()))) {
                Comparison comparison = new Comparison(targets.all(), Unit.TRANSACTION);
                comparison.warmUp(reads);
                Table table = new Table(targets.all());
                for (int round = 0; round < rounds; round++) {
                    table.add(Others.QUIET, comparison.round(List.of(Others.QUIET.label), round, reads));
                    try (HeldClients others =
                            HeldClients.connect(targets.all().getLast().port(), holds)) {
                        table.add(Others.CONNECTED, comparison.round(List.of(Others.CONNECTED.label), round, reads));
                        others.ask();
                        table.add(Others.HELD, comparison.round(List.of(Others.HELD.label), round, reads));
                        others.requireWaiting();
                    }
                    HeldClients.requireUntouched(servers);
                }
                return new Findings(
                        List.of("others", "target"),
                        METRICS,
                        table.rows(),
                        List.of("The others are " + holds + " clients of holdfast."),
                        servers.version());
            }
        }
    }

    /** Rows that grow by rounds. */
    private static final class Table {
        private final List<Target> targets;
        private final Map<List<String>, List<Map<Metric, Double>>> rounds = new LinkedHashMap<>();
        private final Map<Target, Double> quiet = new LinkedHashMap<>();

        Table(List<Target> targets) {
            this.targets = targets;
        }

        void add(Others others, Map<Target, Map<Metric, Double>> round) {
            for (Target target : targets) {
                Map<Metric, Double> values = round.getOrDefault(target, Map.of());
                double rate = values.getOrDefault(Metric.PER_SECOND, 0.0);
                if (others == Others.QUIET) {
                    quiet.put(target, rate);
                }
                values.put(OF_QUIET, rate / quiet.getOrDefault(target, rate));
                rounds.computeIfAbsent(List.of(others.label, target.name()), _ -> new ArrayList<>())
                        .add(values);
            }
        }

        List<Row> rows() {
            return rounds.entrySet().stream()
                    .map(entry -> new Row(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }
}
