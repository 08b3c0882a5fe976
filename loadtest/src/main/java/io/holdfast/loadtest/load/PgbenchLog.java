package io.holdfast.loadtest.load;

import io.holdfast.loadtest.report.Statistics;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The log of {@code pgbench -l}: a line for each transaction, and a file for each thread. */
public final class PgbenchLog {
    private static final int LATENCY = 2;
    private static final int SECOND = 4;
    private static final int MICROS = 5;
    private static final long MICROS_OF_SECOND = 1_000_000;

    private final long[] latencies;
    private final long[] ends;

    private PgbenchLog(long[] latencies, long[] ends) {
        this.latencies = latencies;
        this.ends = ends;
        Arrays.sort(latencies);
        Arrays.sort(ends);
    }

    /** Reads the files of a folder. They go, and so does the folder. */
    static PgbenchLog read(Path folder) throws IOException {
        LongStream.Builder latencies = LongStream.builder();
        LongStream.Builder ends = LongStream.builder();
        for (Path file : files(folder)) {
            try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    latencies.add(number(line, LATENCY));
                    ends.add(number(line, SECOND) * MICROS_OF_SECOND + number(line, MICROS));
                }
            }
            Files.delete(file);
        }
        Files.delete(folder);
        return new PgbenchLog(latencies.build().toArray(), ends.build().toArray());
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** A column of a line, counted from 0. */
    private static long number(String line, int column) {
        int from = 0;
        for (int i = 0; i < column; i++) {
            from = line.indexOf(' ', from) + 1;
        }
        int to = line.indexOf(' ', from);
        return Long.parseLong(line, from, to < 0 ? line.length() : to, 10);
    }

    /** Latency that so many percent of all transactions do not exceed, in microseconds. */
    public long percentile(int percent) {
        return Statistics.percentile(latencies, percent);
    }

    /** How many transactions have ended at that time of the wall clock or later. */
    int endedSince(long epochMicros) {
        int at = Arrays.binarySearch(ends, epochMicros);
        int from = at < 0 ? -at - 1 : at;
        while (from > 0 && ends[from - 1] == epochMicros) {
            from--;
        }
        return ends.length - from;
    }
}
