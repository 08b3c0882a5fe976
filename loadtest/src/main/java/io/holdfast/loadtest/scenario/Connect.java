package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.load.Pgbench;
import io.holdfast.loadtest.load.PgbenchJob;
import io.holdfast.loadtest.report.Metric;
import io.holdfast.loadtest.report.Row;
import io.holdfast.loadtest.rig.Kind;
import io.holdfast.loadtest.rig.Scratch;
import io.holdfast.loadtest.rig.Servers;
import io.holdfast.loadtest.rig.Targets;
import io.holdfast.loadtest.rig.Terms;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** 20-connect: a connection for each query, with a password by SCRAM and without one. */
final class Connect implements Scenario {
    private static final String SCRAM = "scram";
    private static final String TRUST = "trust";

    private static final Metric CONNECTION = new Metric("connect_millis", "connect ms", 2);
    private static final List<Metric> METRICS =
            List.of(Metric.PER_SECOND, Metric.OF_DIRECT, Metric.CPU_MICROS, CONNECTION, Metric.RESIDENT);

    /** One user may come without a password; all others, and the standbys that there are not, by SCRAM. */
    private static final String ACCESS = """
            host all %s 127.0.0.1/32 trust
            host all all 127.0.0.1/32 scram-sha-256
            host replication all 127.0.0.1/32 scram-sha-256
            """.formatted(Terms.TRUSTED_USER);

    @Override
    public String question() {
        return "How many clients can connect, ask one question and leave?";
    }

    @Override
    public Map<String, String> options() {
        return Defaults.of("logins", SCRAM + ',' + TRUST)
                .and("clients", "1,8,32")
                .and("rounds", "3")
                .and("seconds", "5")
                .and("warm-up", "3")
                .and("only", "relay,holdfast,haproxy,pgbouncer");
    }

    @Override
    public Findings measure(Options options, Scratch scratch) throws IOException, SQLException, InterruptedException {
        List<String> logins = options.words("logins", List.of(SCRAM, TRUST));
        List<Integer> clients = options.numbers("clients");
        List<Kind> only =
                options.words("only", Kind.choices()).stream().map(Kind::of).toList();
        int rounds = options.number("rounds");
        int seconds = options.number("seconds");
        int warmUpSeconds = options.number("warm-up");
        Path access = scratch.file("pg_hba.conf", ACCESS);
        List<String> script =
                List.of("-f", scratch.file("one.sql", "SELECT 1;\n").toString());
        Pgbench pgbench = new Pgbench(scratch);
        List<Row> rows = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>();
        try (Servers servers = Servers.start(new Servers.Plan(0, 4 * Collections.max(clients), null, access))) {
            servers.sql("CREATE ROLE " + Terms.TRUSTED_USER + " LOGIN");
            for (String login : logins) {
                boolean scram = login.equals(SCRAM);
                Terms terms = new Terms(null, scram ? "scram-sha-256" : "trust", options.jvm(), List.of());
                try (Targets targets = Targets.start(able(only, scram), scratch, servers, terms)) {
                    Comparison comparison = new Comparison(targets.all(), Unit.TRANSACTION);
                    for (int count : clients) {
                        PgbenchJob job = new PgbenchJob(
                                script, "simple", count, seconds, true, scram ? Servers.USER : Terms.TRUSTED_USER);
                        rows.addAll(comparison.rows(
                                List.of(login, Integer.toString(count)),
                                rounds,
                                (target, warmUp) ->
                                        outcome(pgbench.run(target, warmUp ? job.lasting(warmUpSeconds) : job))));
                    }
                    notes.addAll(Notes.of(targets));
                }
            }
            notes.add("pgbouncer keeps its connections to the server and gives them to the next client.");
            notes.add("holdfast has no login without a password.");
            return new Findings(
                    List.of("login", "clients", "target"), METRICS, rows, List.copyOf(notes), servers.version());
        }
    }

    private static List<Kind> able(List<Kind> kinds, boolean scram) {
        return kinds.stream()
                .filter(kind -> scram || (kind != Kind.HOLDFAST && kind != Kind.OBSERVE))
                .toList();
    }

    private static Outcome outcome(Pgbench.Sample sample) {
        Outcome outcome = Outcome.of(sample);
        return sample.output().connectionMillis().isEmpty()
                ? outcome
                : outcome.with(
                        Map.of(CONNECTION, sample.output().connectionMillis().getAsDouble()));
    }
}
