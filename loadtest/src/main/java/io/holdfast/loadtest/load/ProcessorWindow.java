package io.holdfast.loadtest.load;

import io.holdfast.loadtest.rig.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * What a process uses while pgbench runs, or while its transactions do. Then the window opens with the first lines of the log, which are
 * written when all clients have logged in: a login costs as much as many transactions, and is none of them.
 */
final class ProcessorWindow {
    private static final int LOOK_MILLIS = 5;

    private final Child child;
    private volatile Opening opening;
    private volatile boolean over;

    /**
     * Where it begins.
     *
     * @param processor what the process had used
     * @param epochMicros of the wall clock, as in pgbench's log
     */
    private record Opening(Duration processor, long epochMicros) {}

    private ProcessorWindow(Child child) throws IOException {
        this.child = child;
        this.opening = new Opening(child.processorTime(), 0);
    }

    /** From now on, logins and all. */
    static ProcessorWindow whole(Child child) throws IOException {
        return new ProcessorWindow(child);
    }

    /** Waits, beside the caller, for the first lines in that folder. */
    static ProcessorWindow transactions(Child child, Path logs) throws IOException {
        ProcessorWindow window = new ProcessorWindow(child);
        Thread.ofVirtual().start(() -> window.open(logs));
        return window;
    }

    private void open(Path logs) {
        try {
            while (!over && !hasLines(logs)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            if (!over) {
                opening = new Opening(child.processorTime(), ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean hasLines(Path logs) throws IOException {
        for (Path file : PgbenchLog.files(logs)) {
            if (Files.size(file) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Closes the window. A load that was over before it opened is counted from its beginning, logins and all. */
    Closed close() throws IOException {
        over = true;
        Opening from = opening;
        return new Closed(child.processorTime().minus(from.processor).toNanos(), from.epochMicros);
    }

    /**
     * What was seen.
     *
     * @param usedNanos of the processors
     * @param openedMicros of the wall clock
     */
    record Closed(long usedNanos, long openedMicros) {
        /** For each transaction that has ended since the window opened. */
        OptionalDouble each(PgbenchLog log) {
            long transactions = log.endedSince(openedMicros);
            return transactions == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) usedNanos / transactions);
        }
    }
}
