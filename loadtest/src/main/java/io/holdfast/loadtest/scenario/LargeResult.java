package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.report.Row;
import io.holdfast.loadtest.rig.Kind;
import io.holdfast.loadtest.rig.Scratch;
import io.holdfast.loadtest.rig.Servers;
import io.holdfast.loadtest.rig.Targets;
import io.holdfast.loadtest.rig.Terms;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** 10-large-result: a gigabyte to a client that throws it away, as small rows, as large ones, as values larger than any buffer, by COPY. */
final class LargeResult implements Scenario {
    private static final long MEGABYTE = 1_000_000;
    private static final int WARM_UP = 20;

    private static final Map<String, Shape> SHAPES = shapes();

    /**
     * What the result is made of.
     *
     * @param sql with a place for the number of rows; the server makes them as it sends them
     * @param rowBytes of a row, about
     */
    private record Shape(String sql, int rowBytes) {
        String sql(long megabytes) {
            return sql.formatted(Math.max(1, megabytes * MEGABYTE / rowBytes));
        }
    }

    private static Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("narrow", rows(80, 91));
        shapes.put("wide", rows(8_000, 8_011));
        shapes.put("huge", rows(50_000_000, 50_000_011));
        shapes.put(
                "copy",
                new Shape(
                        "COPY (SELECT repeat('x', 80) FROM (SELECT generate_series(1, %d)) AS numbers) TO STDOUT", 86));
        return shapes;
    }

    private static Shape rows(int value, int rowBytes) {
        String sql = "SELECT repeat('x', " + value + ") FROM (SELECT generate_series(1, %d)) AS numbers";
        return new Shape(sql, rowBytes);
    }

    @Override
    public String question() {
        return "How fast does a large result come, and does memory stay what it was?";
    }

    @Override
    public Map<String, String> options() {
        return Defaults.of("shapes", String.join(",", SHAPES.keySet()))
                .and("megabytes", "1000")
                .and("rounds", "3")
                .and("only", "relay,holdfast,haproxy,pgbouncer");
    }

    @Override
    public Findings measure(Options options, Scratch scratch) throws IOException, SQLException, InterruptedException {
        List<String> shapes = options.words("shapes", SHAPES.keySet());
        List<Kind> only =
                options.words("only", Kind.choices()).stream().map(Kind::of).toList();
        int megabytes = options.number("megabytes");
        int rounds = options.number("rounds");
        List<Row> rows = new ArrayList<>();
        try (Servers servers = Servers.start(Servers.Plan.primary(only.size()));
                Targets targets = Targets.start(only, scratch, servers, Terms.plain(options.jvm()))) {
            Comparison comparison = new Comparison(targets.all(), Unit.GIGABYTE);
            for (String shape : shapes) {
                String warm = sql(shape, Math.max(1, megabytes / WARM_UP));
                String sql = sql(shape, megabytes);
                rows.addAll(comparison.rows(
                        List.of(shape),
                        rounds,
                        (target, warmUp) -> Bulk.measure(target, client -> client.discard(warmUp ? warm : sql))));
            }
            return new Findings(List.of("rows", "target"), Bulk.METRICS, rows, Notes.of(targets), servers.version());
        }
    }

    private static String sql(String shape, int megabytes) {
        Shape found = SHAPES.get(shape);
        if (found == null) {
            throw new IllegalArgumentException("shape: " + shape);
        }
        return found.sql(megabytes);
    }
}
