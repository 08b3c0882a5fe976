package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.report.Markdown;
import io.holdfast.loadtest.report.ReportFiles;
import io.holdfast.loadtest.report.Result;
import io.holdfast.loadtest.rig.Kind;
import io.holdfast.loadtest.rig.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entry point of {@code loadtest/run}: a scenario by its name. Prints a page; with {@code out=DIR} it leaves files there, too. */
public final class LoadTest {
    private static final String OUT = "out";

    private static final Map<String, Scenario> SCENARIOS = scenarios();

    private LoadTest() {}

    private static Map<String, Scenario> scenarios() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("00-direct", PointReads.of(List.of()));
        all.put("01-forward", PointReads.of(List.of(Kind.RELAY)));
        all.put("02-guardrail", PointReads.of(List.of(Kind.HOLDFAST)));
        all.put("throughput", PointReads.of(List.of(Kind.RELAY, Kind.HOLDFAST)));
        all.put("03-tls", PointReads.encrypted());
        all.put("10-large-result", new LargeResult());
        all.put("11-copy-in", new CopyIn());
        all.put("12-pipeline", new Pipeline());
        all.put("20-connect", new Connect());
        all.put("21-idle", new Idle());
        all.put("22-start", new Start());
        all.put("30-hold-storm", new HoldStorm());
        all.put("40-split", new Split());
        return all;
    }

    /** Takes a scenario's name and its options. Exit code 1: it failed; 2: the arguments are wrong. */
    public static void main(String[] args) {
        System.exit(run(Arrays.asList(args)));
    }

    private static int run(List<String> arguments) {
        Scenario scenario = arguments.isEmpty() ? null : SCENARIOS.get(arguments.getFirst());
        if (scenario == null) {
            System.err.print(usage());
            return 2;
        }
        try {
            report(arguments.getFirst(), scenario, arguments.subList(1, arguments.size()));
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (IOException | SQLException e) {
            e.printStackTrace();
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void report(String name, Scenario scenario, List<String> arguments)
            throws IOException, SQLException, InterruptedException {
        Map<String, String> defaults = new LinkedHashMap<>(scenario.options());
        defaults.put(OUT, "");
        Options options = Options.read(arguments, defaults);
        Instant began = Instant.now();
        String load = Environment.load();
        Findings findings;
        try (Scratch scratch = Scratch.create()) {
            findings = scenario.measure(options, scratch);
        }
        Map<String, String> settings = options.settings();
        settings.remove(OUT);
        Result result = new Result(
                name,
                scenario.question(),
                Environment.of(began, load, findings.serverVersion()),
                settings,
                findings.labels(),
                findings.metrics(),
                findings.rows(),
                findings.notes());
        System.out.print(Markdown.page(result));
        if (!options.text(OUT).isEmpty()) {
            ReportFiles.write(Path.of(options.text(OUT)), result);
        }
    }

    private static String usage() {
        StringBuilder usage = new StringBuilder(
                "usage: loadtest/run SCENARIO [name=value ...] [out=DIR] [-options of the proxy's JVM ...]\n");
        SCENARIOS.forEach((name, scenario) -> usage.append(String.format("%n  %-16s %s%n", name, scenario.question()))
                .append("                   ")
                .append(String.join(
                        " ",
                        scenario.options().entrySet().stream()
                                .map(option -> option.getKey() + '=' + option.getValue())
                                .toList()))
                .append('\n'));
        return usage.toString();
    }
}
