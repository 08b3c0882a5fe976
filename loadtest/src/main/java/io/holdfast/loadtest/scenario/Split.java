package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.load.Pgbench;
import io.holdfast.loadtest.load.PgbenchJob;
import io.holdfast.loadtest.report.Metric;
import io.holdfast.loadtest.report.Row;
import io.holdfast.loadtest.rig.Child;
import io.holdfast.loadtest.rig.HoldfastProxy;
import io.holdfast.loadtest.rig.Kind;
import io.holdfast.loadtest.rig.Scratch;
import io.holdfast.loadtest.rig.Servers;
import io.holdfast.loadtest.rig.Target;
import io.holdfast.postgres.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** 40-split: two followers behind Holdfast, and how the work is shared; beside it Holdfast with the primary alone. */
final class Split implements Scenario {
    private static final int SCALE = 10;
    private static final int FOLLOWERS = 2;

    private static final Map<String, List<String>> WORKLOADS = workloads();

    private static final List<Metric> SHARES = List.of(
            new Metric("primary_percent", "primary %", 0),
            new Metric("follower1_percent", "follower 1 %", 0),
            new Metric("follower2_percent", "follower 2 %", 0));

    private static final List<Metric> METRICS =
            Stream.concat(PointReads.METRICS.stream(), SHARES.stream()).toList();

    private static Map<String, List<String>> workloads() {
        Map<String, List<String>> workloads = new LinkedHashMap<>();
        workloads.put("reads", PgbenchJob.POINT_READS);
        workloads.put("mixed", List.of("-b", "select-only@9", "-b", "simple-update@1"));
        return workloads;
    }

    @Override
    public String question() {
        return "How do two followers share the reads, alone and among writes?";
    }

    @Override
    public Map<String, String> options() {
        return Defaults.of("workloads", String.join(",", WORKLOADS.keySet()))
                .and("mode", "prepared")
                .and("clients", "8,32")
                .and("rounds", "3")
                .and("seconds", "5")
                .and("warm-up", "3");
    }

    @Override
    public Findings measure(Options options, Scratch scratch) throws IOException, SQLException, InterruptedException {
        List<String> workloads = options.words("workloads", WORKLOADS.keySet());
        String mode = options.word("mode", PgbenchJob.MODES);
        List<Integer> clients = options.numbers("clients");
        int rounds = options.number("rounds");
        int seconds = options.number("seconds");
        int warmUpSeconds = options.number("warm-up");
        Pgbench pgbench = new Pgbench(scratch);
        List<Row> rows = new ArrayList<>();
        int connections = 2 * Collections.max(clients);
        try (Servers servers = Servers.start(new Servers.Plan(FOLLOWERS, connections, null, null))) {
            pgbench.fill(servers, SCALE);
            servers.awaitReplay();
            int[] all = servers.all().stream().mapToInt(PostgresServer::port).toArray();
            try (Child alone = HoldfastProxy.start(
                            scratch, HoldfastProxy.Plan.guardrail(servers.primaryPort()), options.jvm());
                    Child split = HoldfastProxy.start(scratch, HoldfastProxy.Plan.guardrail(all), options.jvm())) {
                Comparison comparison = new Comparison(
                        List.of(
                                new Target(Kind.DIRECT.label(), servers.primaryPort(), false, null),
                                new Target("holdfast, primary only", alone.port(), false, alone),
                                new Target("holdfast, two followers", split.port(), false, split)),
                        Unit.TRANSACTION);
                for (String workload : workloads) {
                    for (int count : clients) {
                        PgbenchJob job =
                                PgbenchJob.of(WORKLOADS.getOrDefault(workload, List.of()), mode, count, seconds);
                        rows.addAll(comparison.rows(
                                List.of(workload, Integer.toString(count)),
                                rounds,
                                (target, warmUp) ->
                                        shared(servers, pgbench, target, warmUp ? job.lasting(warmUpSeconds) : job)));
                    }
                }
            }
            return new Findings(
                    List.of("workload", "clients", "target"),
                    METRICS,
                    rows,
                    List.of(
                            "Shares are of the look-ups in pgbench_accounts, as the servers have counted them.",
                            "Servers, proxies and clients share one machine: more servers have no more processors."),
                    servers.version());
        }
    }

    private static Outcome shared(Servers servers, Pgbench pgbench, Target target, PgbenchJob job)
            throws IOException, SQLException, InterruptedException {
        long[] before = LookUps.of(servers.all());
        Outcome outcome = Outcome.of(pgbench.run(target, job));
        long[] after = LookUps.of(servers.all());
        long sum = 0;
        for (int i = 0; i < after.length; i++) {
            after[i] -= before[i];
            sum += after[i];
        }
        Map<Metric, Double> shares = new HashMap<>();
        for (int i = 0; i < after.length; i++) {
            shares.put(SHARES.get(i), 100.0 * after[i] / Math.max(1, sum));
        }
        return outcome.with(shares);
    }
}
