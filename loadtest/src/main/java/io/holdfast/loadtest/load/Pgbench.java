package io.holdfast.loadtest.load;

import io.holdfast.loadtest.rig.Child;
import io.holdfast.loadtest.rig.Scratch;
import io.holdfast.loadtest.rig.Servers;
import io.holdfast.loadtest.rig.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** Runs PostgreSQL's own load generator, version 14 or later, which must be on the PATH. */
public final class Pgbench {
    /** Rows of pgbench_accounts for each of scale. */
    public static final int ROWS = 100_000;

    private static final int MAX_THREADS = 2;

    /** Beyond what a job takes: a target that hangs must not keep the whole run. */
    private static final int PATIENCE_SECONDS = 300;

    private final Scratch scratch;

    public Pgbench(Scratch scratch) {
        this.scratch = scratch;
    }

    /**
     * What a job has shown.
     *
     * @param output in pgbench's words
     * @param log of its transactions
     * @param processorNanos that the process in front of the server has used for each transaction; empty if there is none
     */
    public record Sample(PgbenchOutput output, PgbenchLog log, OptionalDouble processorNanos) {}

    /** Fills the database of the primary; {@value #ROWS} rows for each of scale. */
    public void fill(Servers servers, int scale) throws IOException, InterruptedException {
        run(servers.primaryPort(), false, Servers.USER, PATIENCE_SECONDS, List.of("-i", "-q", "-s", "" + scale));
    }

    /** Does the job, once. */
    public Sample run(Target target, PgbenchJob job) throws IOException, InterruptedException {
        Path logs = scratch.newFolder("log");
        List<String> arguments = new ArrayList<>(List.of("-n", "-l", "--log-prefix=" + logs.resolve("t")));
        arguments.addAll(List.of("-M", job.mode(), "-c", "" + job.clients(), "-T", "" + job.pgbenchSeconds()));
        arguments.addAll(List.of("-j", "" + Math.min(job.clients(), MAX_THREADS)));
        if (job.reconnect()) {
            arguments.add("-C");
        }
        arguments.addAll(job.workload());
        Child child = target.child();
        ProcessorWindow window = child == null ? null : window(child, logs, job);
        String out = run(target.port(), target.tls(), job.user(), job.pgbenchSeconds() + PATIENCE_SECONDS, arguments);
        ProcessorWindow.Closed closed = window == null ? null : window.close();
        PgbenchLog log = PgbenchLog.read(logs);
        return new Sample(PgbenchOutput.read(out), log, closed == null ? OptionalDouble.empty() : closed.each(log));
    }

    /** Where each transaction has a connection of its own, logins are what is counted. */
    private static ProcessorWindow window(Child child, Path logs, PgbenchJob job) throws IOException {
        return job.reconnect() ? ProcessorWindow.whole(child) : ProcessorWindow.transactions(child, logs);
    }

    private static String run(int port, boolean tls, String user, int limitSeconds, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("pgbench", "-h", "127.0.0.1", "-p", "" + port, "-U", user));
        command.addAll(arguments);
        command.add(Servers.DATABASE);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", Servers.PASSWORD);
        builder.environment().put("PGSSLMODE", tls ? "require" : "disable");
        builder.environment().put("PGGSSENCMODE", "disable");
        Process process = builder.start();
        Thread.ofVirtual().start(() -> end(process, limitSeconds));
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("pgbench said:\n" + out);
        }
        return out;
    }

    private static void end(Process process, int limitSeconds) {
        try {
            if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
