package io.holdfast.proxy.audit;

import io.holdfast.proxy.audit.AuditCopy.Chain;
import io.holdfast.proxy.audit.AuditCopy.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Compares a log, line by line, with a chain of its copy. */
public final class CopyComparison {
    /** What was found. */
    public sealed interface Result {
        /**
         * The log has what the copy has.
         *
         * @param first number of the first entry in both; above {@code last}: none is
         * @param last number of the last entry of the copy
         * @param onlyCopied older entries, which are in the copy only
         * @param notCopied newer lines, which are in the log only
         */
        record Same(long first, long last, long onlyCopied, long notCopied) implements Result {}

        /**
         * It has not.
         *
         * @param seq the first entry that differs
         * @param why in lower case
         * @param copied that line in the copy; null: it is not there
         */
        record Differs(long seq, String why, @Nullable String copied) implements Result {}
    }

    private final LogLines log;
    private final AuditCopy copy;
    private final String proxy;
    private final Chain chain;
    private final Queue<Row> rows = new ArrayDeque<>();

    /** The line that is compared next; null: the log ends before. */
    private byte @Nullable [] line;

    private CopyComparison(LogLines log, AuditCopy copy, String proxy, Chain chain) {
        this.log = log;
        this.copy = copy;
        this.proxy = proxy;
        this.chain = chain;
    }

    /**
     * Reads all parts of the log.
     *
     * @param chain as it was before this is called, so that the log has all of it, also while it is written to
     * @throws IOException if one of both cannot be read
     */
    public static Result of(Path file, AuditCopy copy, String proxy, Chain chain) throws IOException {
        try (LogLines log = LogLines.of(file)) {
            return new CopyComparison(log, copy, proxy, chain).compare();
        }
    }

    /** Number of the oldest entry that is left of a log; 0: there is none. */
    public static long oldest(Path file) throws IOException {
        try (LogFollower log = new LogFollower(file, 0)) {
            LogLine line = log.peek(Long.MAX_VALUE);
            return line == null ? 0 : line.seq();
        }
    }

    private Result compare() throws IOException {
        line = log.next();
        long begin = Math.max(chain.first(), oldest());
        String head = null;
        for (long seq = chain.first(); seq <= chain.last(); seq++) {
            Row row = row(seq);
            if (row == null || row.seq() != seq) {
                return new Result.Differs(seq, "it is missing in the copy", null);
            }
            String fault = fault(row, head);
            if (fault != null) {
                return new Result.Differs(seq, fault, null);
            }
            head = row.hash();
            if (seq >= begin) {
                Optional<String> difference = difference(row);
                if (difference.isPresent()) {
                    return new Result.Differs(seq, difference.get(), row.text());
                }
                line = log.next();
            }
        }
        return begin > chain.last() && !continues(head)
                ? new Result.Differs(chain.last() + 1, "it is neither in the log nor in the copy", null)
                : new Result.Same(begin, chain.last(), Math.min(begin, chain.last() + 1) - chain.first(), rest());
    }

    /** Number of the oldest line that the log still has; passes over lines that are older than the chain. */
    private long oldest() throws IOException {
        long oldest = 0;
        for (; line != null; line = log.next()) {
            long seq = LogLine.of(line).map(LogLine::seq).orElse(oldest == 0 ? chain.first() : 0);
            oldest = oldest == 0 ? seq : oldest;
            if (seq >= chain.first()) {
                return oldest;
            }
        }
        return oldest;
    }

    private @Nullable Row row(long seq) throws IOException {
        if (rows.isEmpty()) {
            rows.addAll(copy.rows(proxy, chain.number(), seq));
        }
        return rows.poll();
    }

    /** What is wrong with the copy itself. */
    private static @Nullable String fault(Row row, @Nullable String before) {
        byte[] bytes = row.text().getBytes(LogLine.BYTES);
        Optional<LogLine> copied = LogLine.of(bytes);
        if (copied.isEmpty()
                || !copied.get().hash().equals(row.hash())
                || copied.get().seq() != row.seq()) {
            return "it was changed in the copy";
        }
        return before == null || copied.get().prev().equals(before)
                ? null
                : "it does not follow from the one before in the copy, of which one was changed";
    }

    private Optional<String> difference(Row row) {
        if (line == null) {
            return Optional.of("the log ends before it, and the copy goes on to entry " + chain.last());
        }
        Optional<LogLine> here = LogLine.of(line);
        if (here.isEmpty()) {
            return Optional.of("the log has something there that is no entry");
        }
        if (here.get().text().equals(row.text())) {
            return Optional.empty();
        }
        return Optional.of(here.get().seq() > row.seq() ? "it is missing in the log" : "the log has another one there");
    }

    private boolean continues(@Nullable String head) {
        return line != null
                && head != null
                && LogLine.of(line)
                        .filter(next -> next.follows(chain.last(), head))
                        .isPresent();
    }

    private long rest() throws IOException {
        long count = 0;
        for (; line != null; line = log.next()) {
            count++;
        }
        return count;
    }
}
