package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.load.Pgbench;
import io.holdfast.loadtest.load.PgbenchJob;
import io.holdfast.loadtest.report.Metric;
import io.holdfast.loadtest.report.Row;
import io.holdfast.loadtest.rig.Certificate;
import io.holdfast.loadtest.rig.Kind;
import io.holdfast.loadtest.rig.Scratch;
import io.holdfast.loadtest.rig.Servers;
import io.holdfast.loadtest.rig.Targets;
import io.holdfast.loadtest.rig.Terms;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * 00-direct, 01-forward, 02-guardrail, all three as throughput, and 03-tls: rows read by their key, the shortest transactions that there
 * are, so that what a proxy adds is as large a part of them as it can be.
 */
final class PointReads implements Scenario {
    static final List<Metric> METRICS = List.of(
            Metric.PER_SECOND,
            Metric.OF_DIRECT,
            Metric.CPU_MICROS,
            Metric.P50,
            Metric.P95,
            Metric.P99,
            Metric.RESIDENT);

    private static final int SCALE = 10;
    private static final String TLS_NOTE =
            "haproxy and relay cannot answer PostgreSQL's request for TLS: they pass TLS on, and the server does that work.";

    private final List<Kind> kinds;
    private final boolean tls;

    private PointReads(List<Kind> kinds, boolean tls) {
        this.kinds = kinds;
        this.tls = tls;
    }

    /** Of the kinds, the direct connection, HAProxy and PgBouncer. */
    static PointReads of(List<Kind> kinds) {
        return new PointReads(kinds, false);
    }

    /** Of Holdfast, the direct connection, HAProxy and PgBouncer, with clients that encrypt. */
    static PointReads encrypted() {
        return new PointReads(List.of(Kind.HOLDFAST), true);
    }

    @Override
    public String question() {
        return "How many rows can be read by their key" + (tls ? " by clients that encrypt?" : "?");
    }

    @Override
    public Map<String, String> options() {
        List<String> only = Stream.concat(kinds.stream(), Stream.of(Kind.HAPROXY, Kind.PGBOUNCER))
                .map(Kind::label)
                .toList();
        return Defaults.of("modes", "simple,extended,prepared")
                .and("clients", "1,8,32,256")
                .and("rounds", "3")
                .and("seconds", "4")
                .and("warm-up", "3")
                .and("only", String.join(",", only))
                .and("variant", "");
    }

    @Override
    public Findings measure(Options options, Scratch scratch) throws IOException, SQLException, InterruptedException {
        List<String> modes = options.words("modes", PgbenchJob.MODES);
        List<Integer> clients = options.numbers("clients");
        List<String> variant = options.jvmOptions("variant");
        List<Kind> only = Stream.concat(
                        options.words("only", Kind.choices()).stream().map(Kind::of),
                        variant.isEmpty() ? Stream.of() : Stream.of(Kind.VARIANT))
                .distinct()
                .toList();
        int rounds = options.number("rounds");
        int seconds = options.number("seconds");
        int warmUpSeconds = options.number("warm-up");
        Certificate certificate = tls ? Certificate.create(scratch) : null;
        Pgbench pgbench = new Pgbench(scratch);
        List<Row> rows = new ArrayList<>();
        // PgBouncer's connections stay while others are measured.
        var plan = new Servers.Plan(0, 2 * Collections.max(clients), certificate, null);
        try (Servers servers = Servers.start(plan)) {
            pgbench.fill(servers, SCALE);
            try (Targets targets =
                    Targets.start(only, scratch, servers, new Terms(certificate, "trust", options.jvm(), variant))) {
                Comparison comparison = new Comparison(targets.all(), Unit.TRANSACTION);
                for (String mode : modes) {
                    for (int count : clients) {
                        PgbenchJob job = PgbenchJob.of(PgbenchJob.POINT_READS, mode, count, seconds);
                        rows.addAll(comparison.rows(
                                List.of(mode, Integer.toString(count)),
                                rounds,
                                (target, warmUp) ->
                                        Outcome.of(pgbench.run(target, warmUp ? job.lasting(warmUpSeconds) : job))));
                    }
                }
                List<String> notes = Notes.of(targets, tls ? TLS_NOTE : "");
                return new Findings(List.of("mode", "clients", "target"), METRICS, rows, notes, servers.version());
            }
        }
    }
}
