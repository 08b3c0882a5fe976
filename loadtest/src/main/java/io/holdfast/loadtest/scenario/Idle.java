package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.load.IdleClients;
import io.holdfast.loadtest.report.Metric;
import io.holdfast.loadtest.report.Row;
import io.holdfast.loadtest.rig.Child;
import io.holdfast.loadtest.rig.HoldfastProxy;
import io.holdfast.loadtest.rig.QuietServerMain;
import io.holdfast.loadtest.rig.Scratch;
import io.holdfast.loadtest.rig.Servers;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * 21-idle: how much memory clients cost that have logged in, have run a query and do nothing, that all of them still work, and what it
 * takes when many of them do.
 *
 * <p>Every client has a connection to a server, so ten thousand would need as many backends; a quiet server stands in for them. Each
 * process may open only so many files: at a limit of 20,000, 9,800 clients fit one proxy.
 */
final class Idle implements Scenario {
    private static final Metric RESIDENT = new Metric("resident_mib", "resident MiB", 0);
    private static final Metric KEPT = new Metric("resident_collected_mib", "garbage collected MiB", 0);
    private static final Metric EACH = new Metric("each_kib", "for each client KiB", 1);
    private static final double KIB = 1 << 10;
    private static final double MIB = 1 << 20;

    @Override
    public String question() {
        return "What do clients cost that do nothing?";
    }

    @Override
    public Map<String, String> options() {
        return Defaults.of("clients", "1000,5000,9800").and("busy", "1000").and("seconds", "20");
    }

    @Override
    public Findings measure(Options options, Scratch scratch) throws IOException, SQLException, InterruptedException {
        List<Integer> steps = options.numbers("clients").stream().sorted().toList();
        int busy = options.number("busy");
        if (!steps.contains(busy)) {
            throw new IllegalArgumentException("busy: " + busy + " (expected: one of the numbers of clients)");
        }
        Duration work = Duration.ofSeconds(options.number("seconds"));
        try (Servers real = Servers.start(Servers.Plan.primary(1));
                Child quiet = Child.jvm(
                        QuietServerMain.class, List.of("-Xmx2g"), "holdfast", Integer.toString(real.primaryPort()));
                Child proxy = HoldfastProxy.start(scratch, HoldfastProxy.Plan.guardrail(quiet.port()), options.jvm());
                IdleClients clients = new IdleClients(proxy.port(), Servers.DATABASE, Servers.USER, Servers.PASSWORD)) {
            List<Row> rows = new ArrayList<>();
            double empty = memory(proxy, rows, 0, "idle", 0);
            for (int count : steps) {
                clients.grow(count);
                clients.askAll();
                memory(proxy, rows, count, "idle", empty);
                if (count == busy) {
                    clients.work(work);
                    memory(proxy, rows, count, "busy", empty);
                }
            }
            return new Findings(
                    List.of("clients", "which are"),
                    List.of(RESIDENT, KEPT, EACH),
                    rows,
                    List.of("The first clients pay for code that is compiled while they log in."),
                    real.version());
        }
    }

    /** Adds a row; gives what is resident without garbage, in MiB. */
    private static double memory(Child proxy, List<Row> rows, int count, String state, double empty)
            throws IOException, InterruptedException {
        Map<Metric, Double> values = new HashMap<>();
        values.put(RESIDENT, proxy.residentBytes() / MIB);
        proxy.collectGarbage();
        double kept = proxy.residentBytes() / MIB;
        values.put(KEPT, kept);
        if (count > 0) {
            values.put(EACH, (kept - empty) * KIB / count);
        }
        rows.add(new Row(List.of(Integer.toString(count), state), List.of(values)));
        return kept;
    }
}
