package io.holdfast.loadtest.scenario;

import io.holdfast.proxy.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * 00-direct, 01-forward and 02-guardrail beside HAProxy and PgBouncer: point reads by {@code pgbench -S}. The targets take turns within
 * each round, so that what else the machine does falls on all of them; the table has medians over the rounds, and ratios within them.
 */
public final class Throughput {
    private static final List<String> MODES = List.of("simple", "extended", "prepared");
    private static final int SCALE = 10;

    private Throughput() {}

    /**
     * One run of one target.
     *
     * @param toDirect rate as a part of direct's in the same round
     * @param processorMicros of the proxy for each transaction
     */
    private record Round(Pgbench.Sample sample, double toDirect, double processorMicros, long residentBytes) {}

    /**
     * Takes {@code clients=1,8,32}, {@code rounds=3}, {@code seconds=4}, {@code modes=simple}, {@code only=02-guardrail,haproxy} (direct
     * is always there) and, starting with {@code -}, options for the proxy's JVM.
     */
    public static void main(String[] args) throws IOException, SQLException, InterruptedException {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> jvm = new ArrayList<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (arg.startsWith("-")) {
                jvm.add(arg);
            } else if (equals < 0) {
                throw new IllegalArgumentException(arg + " (expected: name=value, or an option of the JVM)");
            } else {
                options.put(arg.substring(0, equals), arg.substring(equals + 1));
            }
        }
        List<String> only = list(options, "only", "01-forward,02-guardrail,haproxy,pgbouncer");
        Path folder = Files.createTempDirectory("holdfast-throughput-");
        List<Target> targets = new ArrayList<>();
        try (Servers servers = Servers.start(1)) {
            Pgbench pgbench = new Pgbench(folder);
            pgbench.fill(servers.primaryPort(), SCALE);
            servers.awaitReplay();
            targets.add(new Target("00-direct", servers.primaryPort(), null));
            targets.addAll(targets(only, jvm, folder, servers));
            header();
            for (String mode : list(options, "modes", String.join(",", MODES))) {
                for (String clients : list(options, "clients", "1,8,32")) {
                    compare(
                            pgbench,
                            targets,
                            mode,
                            Integer.parseInt(clients),
                            Integer.parseInt(options.getOrDefault("rounds", "3")),
                            Integer.parseInt(options.getOrDefault("seconds", "4")));
                }
            }
        } finally {
            for (Target target : targets) {
                if (target.child() != null) {
                    target.child().close();
                }
            }
        }
    }

    private static List<String> list(Map<String, String> options, String name, String otherwise) {
        return Arrays.asList(options.getOrDefault(name, otherwise).split(",", -1));
    }

    private static List<Target> targets(List<String> only, List<String> jvm, Path folder, Servers servers)
            throws IOException, InterruptedException {
        List<Target> targets = new ArrayList<>();
        if (only.contains("01-forward")) {
            targets.add(Target.of("01-forward", Child.jvm(Relay.class, jvm, Integer.toString(servers.primaryPort()))));
        }
        if (only.contains("02-guardrail")) {
            targets.add(Target.of(
                    "02-guardrail",
                    Child.jvm(
                            Main.class,
                            jvm,
                            "serve",
                            "--config",
                            servers.configuration(folder, "guardrail").toString())));
        }
        if (only.contains("haproxy")) {
            Others.haproxy(folder, servers.primaryPort()).ifPresent(targets::add);
        }
        if (only.contains("pgbouncer")) {
            Others.pgbouncer(folder, servers.primaryPort()).ifPresent(targets::add);
        }
        return targets;
    }

    private static void compare(
            Pgbench pgbench, List<Target> targets, String mode, int clients, int rounds, int seconds)
            throws IOException, InterruptedException {
        Map<Target, List<Round>> all = new LinkedHashMap<>();
        for (Target target : targets) {
            pgbench.read(target.port(), mode, clients, 1); // warms up, and is not counted
        }
        for (int i = 0; i < rounds; i++) {
            double direct = 0;
            for (Target target : targets) {
                Child child = target.child();
                Duration before = child == null ? Duration.ZERO : child.processorTime();
                Pgbench.Sample sample = pgbench.read(target.port(), mode, clients, seconds);
                direct = child == null ? sample.rate() : direct;
                all.computeIfAbsent(target, _ -> new ArrayList<>()).add(round(child, before, sample, direct));
            }
        }
        all.forEach((target, samples) -> row(mode, clients, target, samples));
    }

    private static Round round(@Nullable Child child, Duration before, Pgbench.Sample sample, double direct)
            throws IOException {
        if (child == null) {
            return new Round(sample, 1, 0, 0);
        }
        double micros = child.processorTime().minus(before).toNanos() / 1000.0 / sample.transactions();
        return new Round(sample, sample.rate() / direct, micros, child.residentBytes());
    }

    private static void header() {
        System.out.println(
                "| mode | clients | target | per second | of direct | CPU µs each | p50 µs | p95 µs | p99 µs | RSS MiB |");
        System.out.println("|---|---:|---|---:|---:|---:|---:|---:|---:|---:|");
    }

    private static void row(String mode, int clients, Target target, List<Round> rounds) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %s | %.0f | %.2f | %.1f | %.0f | %.0f | %.0f | %.0f |%n",
                mode,
                clients,
                target.name(),
                median(rounds, round -> round.sample().rate()),
                median(rounds, Round::toDirect),
                median(rounds, Round::processorMicros),
                median(rounds, round -> round.sample().p50()),
                median(rounds, round -> round.sample().p95()),
                median(rounds, round -> round.sample().p99()),
                median(rounds, round -> round.residentBytes() / 1024.0 / 1024.0));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        return sorted.length % 2 == 1
                ? sorted[sorted.length / 2]
                : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    }
}
