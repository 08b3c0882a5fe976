package io.holdfast.loadtest.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Made-up results. */
final class Results {
    private Results() {}

    /** Two modes at two numbers of clients, on the baseline and two targets, one of them with an awkward name. */
    static Result comparison() {
        return new Result(
                "02-guardrail",
                "How many?",
                ordered("date", "2026-11-27T22:00:00Z", "cpu", "some <cpu> & more"),
                ordered("rounds", "3"),
                List.of("mode", "clients", "target"),
                List.of(Metric.PER_SECOND, Metric.OF_DIRECT, Metric.CPU_MICROS),
                List.of(
                        row("simple", "8", "direct", 1000, 1000, 1000),
                        row("simple", "8", "a|b", 900, 500, 800),
                        row("simple", "8", "x & <y>", 1200, 1100, 1300),
                        row("prepared", "8", "direct", 1000, 1000, 1000),
                        row("prepared", "8", "a|b", 400, 400, 400)),
                List.of("One thing is to be known."));
    }

    /** Nothing in it is compared with the direct connection. */
    static Result memory() {
        return new Result(
                "21-idle",
                "How much?",
                Map.of(),
                Map.of(),
                List.of("clients"),
                List.of(Metric.RESIDENT),
                List.of(new Row(List.of("0"), List.of(Map.of(Metric.RESIDENT, 117.4)))),
                List.of());
    }

    private static Row row(String mode, String clients, String target, double... rates) {
        boolean direct = target.equals(Chart.BASELINE);
        return new Row(
                List.of(mode, clients, target),
                Arrays.stream(rates)
                        .mapToObj(rate -> direct
                                ? Map.of(Metric.PER_SECOND, rate, Metric.OF_DIRECT, 1.0)
                                : Map.of(
                                        Metric.PER_SECOND,
                                        rate,
                                        Metric.OF_DIRECT,
                                        rate / 1000,
                                        Metric.CPU_MICROS,
                                        12.34))
                        .toList());
    }

    private static Map<String, String> ordered(String... namesAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
