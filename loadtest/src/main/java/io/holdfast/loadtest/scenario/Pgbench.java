package io.holdfast.loadtest.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs PostgreSQL's own load generator, which must be on the PATH. */
final class Pgbench {
    private static final Pattern TRANSACTIONS = Pattern.compile("number of transactions actually processed: (\\d+)");
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");
    private static final int MAX_THREADS = 2;

    private final Path folder;

    /** @param folder for its logs */
    Pgbench(Path folder) {
        this.folder = folder;
    }

    /** Fills the database; 100,000 rows for each of scale. */
    void fill(int port, int scale) throws IOException, InterruptedException {
        run(port, List.of("-i", "-q", "-s", Integer.toString(scale)));
    }

    /**
     * Point reads by so many clients.
     *
     * @param mode simple, extended or prepared
     */
    Sample read(int port, String mode, int clients, int seconds) throws IOException, InterruptedException {
        Path logs = Files.createTempDirectory(folder, "log");
        String out = run(
                port,
                List.of(
                        "-S",
                        "-n",
                        "-M",
                        mode,
                        "-c",
                        Integer.toString(clients),
                        "-j",
                        Integer.toString(Math.min(clients, MAX_THREADS)),
                        "-T",
                        Integer.toString(seconds),
                        "-l",
                        "--log-prefix=" + logs.resolve("t")));
        long[] micros = latencies(logs);
        return new Sample(
                Double.parseDouble(find(RATE, out)),
                Long.parseLong(find(TRANSACTIONS, out)),
                percentile(micros, 50),
                percentile(micros, 95),
                percentile(micros, 99));
    }

    /**
     * One run.
     *
     * @param rate transactions per second
     * @param transactions in all
     * @param p50 latency in microseconds
     */
    record Sample(double rate, long transactions, long p50, long p95, long p99) {}

    private static String find(Pattern pattern, String out) throws IOException {
        Matcher matcher = pattern.matcher(out);
        if (!matcher.find()) {
            throw new IOException("pgbench said:\n" + out);
        }
        return matcher.group(1);
    }

    /** Sorted; the third column of each line. */
    private static long[] latencies(Path logs) throws IOException {
        List<long[]> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                try (Stream<String> lines = Files.lines(file, StandardCharsets.US_ASCII)) {
                    all.add(lines.mapToLong(Pgbench::micros).toArray());
                }
                Files.delete(file);
            }
        }
        Files.delete(logs);
        return all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    }

    private static long micros(String line) {
        int from = line.indexOf(' ', line.indexOf(' ') + 1) + 1;
        return Long.parseLong(line, from, line.indexOf(' ', from), 10);
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, (long) sorted.length * percent / 100)];
    }

    private static String run(int port, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("pgbench", "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", Servers.USER));
        command.addAll(arguments);
        command.add(Servers.DATABASE);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", Servers.PASSWORD);
        builder.environment().put("PGSSLMODE", "disable");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("pgbench said:\n" + out);
        }
        return out;
    }
}
