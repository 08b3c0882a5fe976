package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.load.Pgbench;
import io.holdfast.loadtest.load.PgbenchJob;
import io.holdfast.loadtest.report.Row;
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

/** 12-pipeline: point reads that do not wait for each other's answers, so many to each round trip. */
final class Pipeline implements Scenario {
    private static final int SCALE = 10;

    @Override
    public String question() {
        return "How many rows can be read by their key when clients do not wait for each answer?";
    }

    @Override
    public Map<String, String> options() {
        return Defaults.of("modes", "extended") // pgbench before 16 cannot pipeline prepared ones
                .and("statements", "20")
                .and("clients", "1,8,32")
                .and("rounds", "3")
                .and("seconds", "4")
                .and("warm-up", "3")
                .and("only", "relay,holdfast,haproxy,pgbouncer");
    }

    @Override
    public Findings measure(Options options, Scratch scratch) throws IOException, SQLException, InterruptedException {
        List<String> modes = options.words("modes", List.of("extended", "prepared"));
        List<Integer> clients = options.numbers("clients");
        List<Kind> only =
                options.words("only", Kind.choices()).stream().map(Kind::of).toList();
        int statements = options.number("statements");
        int rounds = options.number("rounds");
        int seconds = options.number("seconds");
        int warmUpSeconds = options.number("warm-up");
        String script = scratch.file("pipeline.sql", script(statements)).toString();
        Pgbench pgbench = new Pgbench(scratch);
        List<Row> rows = new ArrayList<>();
        try (Servers servers = Servers.start(Servers.Plan.primary(2 * Collections.max(clients)))) {
            pgbench.fill(servers, SCALE);
            try (Targets targets = Targets.start(only, scratch, servers, Terms.plain(options.jvm()))) {
                Comparison comparison = new Comparison(targets.all(), Unit.TRANSACTION);
                for (String mode : modes) {
                    for (int count : clients) {
                        PgbenchJob job = PgbenchJob.of(List.of("-f", script), mode, count, seconds);
                        rows.addAll(comparison.rows(
                                List.of(mode, Integer.toString(count)),
                                rounds,
                                (target, warmUp) -> Outcome.of(
                                        pgbench.run(target, warmUp ? job.lasting(warmUpSeconds) : job), statements)));
                    }
                }
                return new Findings(
                        List.of("mode", "clients", "target"),
                        PointReads.METRICS,
                        rows,
                        Notes.of(targets, "Statements are counted; latencies are those of a whole pipeline."),
                        servers.version());
            }
        }
    }

    private static String script(int statements) {
        StringBuilder script = new StringBuilder("\\startpipeline\n");
        for (int i = 0; i < statements; i++) {
            script.append("\\set aid random(1, ").append(SCALE * Pgbench.ROWS).append(")\n");
            script.append("SELECT abalance FROM pgbench_accounts WHERE aid = :aid;\n");
        }
        return script.append("\\endpipeline\n").toString();
    }
}
