package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.report.Metric;
import io.holdfast.loadtest.report.Row;
import io.holdfast.loadtest.rig.Child;
import io.holdfast.loadtest.rig.Target;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the same load on several targets. They take turns within each round, another one first each time, so that what else the machine
 * does, and what it does less and less, falls on all of them; ratios are taken within a round. A first round warms up and is not counted.
 */
final class Comparison {
    private static final double MIB = 1 << 20;

    private final List<Target> targets;
    private final Unit unit;

    /** @param targets the baseline among them */
    Comparison(List<Target> targets, Unit unit) {
        this.targets = List.copyOf(targets);
        this.unit = unit;
    }

    /** Puts a load on a target, once. */
    interface Load {
        /**
         * Does so.
         *
         * @param warmUp whether its outcome does not count, so that it may be brief
         */
        Outcome on(Target target, boolean warmUp) throws IOException, SQLException, InterruptedException;
    }

    /**
     * Measures.
     *
     * @param labels of the rows, but for the target
     * @return a row for each target, in their order
     */
    List<Row> rows(List<String> labels, int rounds, Load load) throws IOException, SQLException, InterruptedException {
        warmUp(load);
        Map<Target, List<Map<Metric, Double>>> all = new LinkedHashMap<>();
        targets.forEach(target -> all.put(target, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            round(labels, round, load)
                    .forEach((target, values) -> of(all, target).add(values));
        }
        return targets.stream()
                .map(target -> new Row(with(labels, target.name()), of(all, target)))
                .toList();
    }

    /** Puts it on every target once, which does not count. */
    void warmUp(Load load) throws IOException, SQLException, InterruptedException {
        for (Target target : targets) {
            load.on(target, true);
        }
    }

    /**
     * One round.
     *
     * @param labels said on standard error
     * @param round counted from 0; it decides who is first
     */
    Map<Target, Map<Metric, Double>> round(List<String> labels, int round, Load load)
            throws IOException, SQLException, InterruptedException {
        Map<Target, Map<Metric, Double>> values = new LinkedHashMap<>();
        double direct = 0;
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get((round + i) % targets.size());
            Map<Metric, Double> measured = measured(target, load);
            values.put(target, measured);
            double rate = of(measured, unit.rate());
            if (target.isBaseline()) {
                direct = rate;
            }
            System.err.printf(
                    "%s, round %d, %s: %.2f %s%n",
                    labels, round + 1, target.name(), rate, unit.rate().heading());
        }
        for (Map<Metric, Double> measured : values.values()) {
            measured.put(Metric.OF_DIRECT, of(measured, unit.rate()) / direct);
        }
        return values;
    }

    private Map<Metric, Double> measured(Target target, Load load)
            throws IOException, SQLException, InterruptedException {
        Outcome outcome = load.on(target, false);
        Map<Metric, Double> values = new HashMap<>(outcome.more());
        values.put(unit.rate(), outcome.rate());
        outcome.processorNanos().ifPresent(nanos -> values.put(unit.processor(), nanos * unit.ofNano()));
        Child child = target.child();
        if (child != null) {
            values.put(Metric.RESIDENT, child.residentBytes() / MIB);
        }
        return values;
    }

    private static <K, V> V of(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalStateException(key + " was not measured");
        }
        return value;
    }

    private static List<String> with(List<String> labels, String last) {
        List<String> all = new ArrayList<>(labels);
        all.add(last);
        return all;
    }
}
