package io.holdfast.proxy.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.holdfast.proxy.metrics.Meters;
import io.holdfast.proxy.statement.SqlFacts;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import java.util.Arrays;

/**
 * Facts of texts that come again and again, shared by all sessions of a proxy. Two texts are the same only if every byte is. Facts
 * depend on the text alone, so nothing here ever grows old. Safe for use by many threads.
 *
 * <p>It is for the texts of Parse: values are sent apart from them, so few texts make up most of the traffic. The text of a
 * simple Query mostly has its values in it and is seen once; looking it up and keeping it costs more than reading it.
 */
public final class FactsCache {
    /** Longer texts are not kept, in bytes. */
    static final int MAX_TEXT = 4 << 10;

    /** What all entries together may take, about, in bytes; with {@link #ENTRY} it bounds their number, too. */
    private static final long DEFAULT_SIZE = 32L << 20;

    /** What an entry takes beside its text and names, about, in bytes; rather too much. */
    private static final int ENTRY = 512;

    private static final int STATEMENT = 256;
    private static final int NAME = 256;

    private final Meters meters;
    private final Cache<Text, SqlFacts> known;

    public FactsCache(Meters meters) {
        this(meters, DEFAULT_SIZE);
    }

    /** @param size in bytes, about */
    FactsCache(Meters meters, long size) {
        this.meters = meters;
        this.known = Caffeine.newBuilder()
                .maximumWeight(size)
                .weigher(FactsCache::weight)
                .executor(Runnable::run) // a hand-over to another thread would cost more
                .build();
    }

    /**
     * As {@link StatementReader#read}, of the whole array.
     *
     * @param sql must not change afterwards
     */
    public SqlFacts read(byte[] sql) {
        if (sql.length > MAX_TEXT) {
            return StatementReader.read(sql, 0, sql.length);
        }
        Text text = new Text(sql, Arrays.hashCode(sql));
        SqlFacts facts = known.getIfPresent(text);
        if (facts == null) {
            meters.factsRead();
            facts = StatementReader.read(sql, 0, sql.length);
            known.put(text, facts);
        } else {
            meters.factsFound();
        }
        return facts;
    }

    /** How many texts are kept, after evictions that are due. */
    long size() {
        known.cleanUp();
        return known.estimatedSize();
    }

    private static int weight(Text text, SqlFacts facts) {
        int weight = ENTRY + text.sql.length;
        for (StatementFacts statement : facts.statements()) {
            int names = statement.relations().size() + statement.functions().size();
            weight += STATEMENT + NAME * names + statement.reason().length();
        }
        return weight;
    }

    /** A key that is equal only byte for byte. */
    private static final class Text {
        private final byte[] sql;
        private final int hash;

        Text(byte[] sql, int hash) {
            this.sql = sql;
            this.hash = hash;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Text text && Arrays.equals(sql, text.sql);
        }
    }
}
