package io.holdfast.proxy.failover;

import io.holdfast.proxy.testing.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one client was told of its writes, each a number of its own. Used by one thread, but for {@link #written}.
 *
 * <p>A write is acknowledged, refused (nothing of it has run), or of unknown outcome: the connection broke first.
 */
final class Ledger {
    static final String TABLE =
            "CREATE TABLE ledger (client int NOT NULL, n bigint NOT NULL)"; // no key: a second row would show

    private enum Told {
        WRITTEN,
        REFUSED,
        UNKNOWN
    }

    private final int client;
    private final Map<Long, Told> told = new HashMap<>();
    private final List<long[]> together = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final AtomicLong written = new AtomicLong();
    private long next = 1;
    private long seen;

    Ledger(int client) {
        this.client = client;
    }

    int client() {
        return client;
    }

    /** Numbers that are written all or not at all; of unknown outcome until somebody says otherwise. */
    long[] next(int count) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = next++;
            told.put(numbers[i], Told.UNKNOWN);
        }
        together.add(numbers);
        return numbers;
    }

    void written(long[] numbers) {
        for (long number : numbers) {
            told.put(number, Told.WRITTEN);
            written.incrementAndGet();
        }
        seen = Math.max(seen, numbers[numbers.length - 1]);
    }

    void refused(long[] numbers) {
        for (long number : numbers) {
            told.put(number, Told.REFUSED);
        }
    }

    /** The highest number that a read of this session has shown. */
    void read(long highest) {
        if (highest < seen) {
            violation("read " + highest + " after " + seen);
        }
        seen = Math.max(seen, highest);
    }

    void violation(String what) {
        violations.add("client " + client + ": " + what);
    }

    /** Writes acknowledged so far; from any thread. */
    long written() {
        return written.get();
    }

    /** What is wrong with the rows on that server, and what went wrong before. */
    static List<String> check(Collection<Ledger> ledgers, Connection server) throws SQLException {
        Map<String, Integer> rows = new HashMap<>();
        Sql.rows(server, "SELECT client || '/' || n FROM ledger").forEach(row -> rows.merge(row, 1, Integer::sum));
        List<String> found = new ArrayList<>();
        for (Ledger ledger : ledgers) {
            found.addAll(ledger.violations);
            ledger.check(rows, found);
        }
        return found;
    }

    private void check(Map<String, Integer> rows, List<String> found) {
        told.forEach((number, what) -> {
            int count = rows.getOrDefault(client + "/" + number, 0);
            boolean right = switch (what) {
                case WRITTEN -> count == 1;
                case REFUSED -> count == 0;
                case UNKNOWN -> count <= 1;
            };
            if (!right) {
                found.add("client " + client + ": " + number + " is there " + count + " times, and was " + what);
            }
        });
        for (long[] numbers : together) {
            long there = Arrays.stream(numbers)
                    .filter(number -> rows.containsKey(client + "/" + number))
                    .count();
            if (there != 0 && there != numbers.length) {
                found.add("client " + client + ": " + there + " of " + Arrays.toString(numbers) + " are there");
            }
        }
    }
}
