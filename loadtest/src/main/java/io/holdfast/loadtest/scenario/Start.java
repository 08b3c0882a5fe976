package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.load.RawClient;
import io.holdfast.loadtest.report.Metric;
import io.holdfast.loadtest.report.Row;
import io.holdfast.loadtest.rig.Child;
import io.holdfast.loadtest.rig.HoldfastProxy;
import io.holdfast.loadtest.rig.Kind;
import io.holdfast.loadtest.rig.PgBouncer;
import io.holdfast.loadtest.rig.Programs;
import io.holdfast.loadtest.rig.Scratch;
import io.holdfast.loadtest.rig.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * 22-start: from the start of the launcher to the answer to a first query, login included: what a restart costs those who wait for it. With the
 * cache of classes that the launcher makes, and without.
 */
final class Start implements Scenario {
    private static final Metric LISTENS = new Metric("listens_ms", "listens ms", 0);
    private static final Metric ANSWERS = new Metric("first_answer_ms", "first answer ms", 0);
    private static final Metric CPU = new Metric("cpu_ms", "CPU ms", 0);
    private static final double MILLI = 1e6;
    private static final String WITHOUT_CACHE = "-XX:AOTMode=off";

    /** Starts a proxy in front of a server. */
    private interface Starter {
        Child start() throws IOException, InterruptedException;
    }

    @Override
    public String question() {
        return "How long does it take to start and to answer a first query?";
    }

    @Override
    public Map<String, String> options() {
        return Defaults.of("rounds", "7");
    }

    @Override
    public Findings measure(Options options, Scratch scratch) throws IOException, SQLException, InterruptedException {
        int rounds = options.number("rounds");
        try (Servers servers = Servers.start(Servers.Plan.primary(100))) {
            var plan = HoldfastProxy.Plan.guardrail(servers.primaryPort());
            Map<String, Starter> starters = new LinkedHashMap<>();
            starters.put("holdfast", () -> HoldfastProxy.launch(scratch, plan, ""));
            starters.put("holdfast, no class cache", () -> HoldfastProxy.launch(scratch, plan, WITHOUT_CACHE));
            Optional<Path> bouncer = Programs.find(Kind.PGBOUNCER.label());
            bouncer.ifPresent(program -> starters.put(
                    Kind.PGBOUNCER.label(),
                    () -> PgBouncer.start(program, scratch, servers.primaryPort(), "trust", null)));
            Map<String, List<Map<Metric, Double>>> all = new LinkedHashMap<>();
            for (var entry : starters.entrySet()) {
                once(entry.getValue()); // the launcher builds and makes its cache
                all.put(entry.getKey(), new ArrayList<>());
            }
            for (int round = 0; round < rounds; round++) {
                for (var entry : starters.entrySet()) {
                    Objects.requireNonNull(all.get(entry.getKey())).add(once(entry.getValue()));
                }
            }
            List<Row> rows = all.entrySet().stream()
                    .map(entry -> new Row(List.of(entry.getKey()), entry.getValue()))
                    .toList();
            return new Findings(
                    List.of("target"),
                    List.of(LISTENS, ANSWERS, CPU),
                    rows,
                    bouncer.isPresent() ? List.of() : List.of("pgbouncer is not installed, so it was left out."),
                    servers.version());
        }
    }

    private static Map<Metric, Double> once(Starter starter) throws IOException, InterruptedException {
        long began = System.nanoTime();
        try (Child child = starter.start()) {
            double listens = (System.nanoTime() - began) / MILLI;
            try (RawClient client = RawClient.connect(child.port(), Servers.USER)) {
                client.discard("SELECT 1");
            }
            double answers = (System.nanoTime() - began) / MILLI;
            double cpu = child.processorTime().toNanos() / MILLI;
            return Map.of(LISTENS, listens, ANSWERS, answers, CPU, cpu);
        }
    }
}
