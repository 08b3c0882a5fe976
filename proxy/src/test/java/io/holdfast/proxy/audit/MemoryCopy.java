package io.holdfast.proxy.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A copy for one proxy, in memory, that can be away. */
final class MemoryCopy implements AuditCopy, AuditCopy.Opener {
    private static final int PIECE = 3;

    final NavigableMap<Integer, NavigableMap<Long, Row>> chains = new ConcurrentSkipListMap<>();
    volatile boolean away;

    /** The next time, what was added is there, and whoever added it is told that it may not be. */
    volatile boolean losesAnswer;

    @Override
    public AuditCopy open() throws IOException {
        answer();
        return this;
    }

    @Override
    public List<Chain> chains(String proxy) throws IOException {
        answer();
        List<Chain> all = new ArrayList<>();
        chains.descendingMap()
                .forEach((number, rows) -> all.add(new Chain(
                        number,
                        rows.firstKey(),
                        rows.lastKey(),
                        rows.lastEntry().getValue().hash())));
        return all;
    }

    @Override
    public void append(String proxy, int chain, List<LogLine> lines) throws IOException {
        answer();
        NavigableMap<Long, Row> rows = chains.computeIfAbsent(chain, _ -> new ConcurrentSkipListMap<>());
        for (LogLine line : lines) {
            if (rows.putIfAbsent(line.seq(), new Row(line.seq(), line.text(), line.hash())) != null) {
                throw new IOException("there is an entry " + line.seq());
            }
        }
        if (losesAnswer) {
            losesAnswer = false;
            throw new IOException("gone");
        }
    }

    @Override
    public List<Row> rows(String proxy, int chain, long from) {
        return new TreeMap<>(chains.getOrDefault(chain, new TreeMap<>()))
                .tailMap(from).values().stream().limit(PIECE).toList();
    }

    @Override
    public void search(AuditFilter filter, @Nullable String proxy, Consumer<Found> found) {
        throw new UnsupportedOperationException();
    }

    private void answer() throws IOException {
        if (away) {
            throw new IOException("away");
        }
    }

    /** The lines of a chain, as they were in the log. */
    List<String> lines(int chain) {
        return chains.getOrDefault(chain, new TreeMap<>()).values().stream()
                .map(Row::text)
                .toList();
    }

    @Override
    public void close() {}
}
