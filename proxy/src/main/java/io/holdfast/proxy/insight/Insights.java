package io.holdfast.proxy.insight;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Finds out about texts in the background, one at a time, and remembers. Nobody need wait for it: who asks too early asks again. JSqlParser
 * is loaded with the first text, and the thread ends when there is nothing to do. Safe for use by many threads.
 */
public final class Insights implements AutoCloseable {
    /** A longer text is not looked at, in chars. JSqlParser takes about 300 bytes of memory for a char, and people read less. */
    public static final int MAX_CHARS = 64 << 10;

    /** For a whole text. Ordinary ones take a few milliseconds; the first loads the parser, on a busy machine in seconds. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final int MAX_QUEUED = 64;

    /** Of texts and what is known of them, in chars. */
    private static final long MAX_REMEMBERED = 4 << 20;

    /** What an entry weighs besides its text. */
    private static final int ENTRY = 500;

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Cache<String, Insight> known = Caffeine.newBuilder()
            .maximumWeight(MAX_REMEMBERED)
            .weigher((String text, Insight insight) -> text.length() + ENTRY)
            .executor(Runnable::run)
            .build();
    private final Set<String> underway = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor worker;
    private final LongSupplier nanoTime;

    /** @param nanoTime a monotonic clock, in nanoseconds */
    public Insights(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        worker = new ThreadPoolExecutor(
                1,
                1,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(MAX_QUEUED),
                Thread.ofPlatform().name("holdfast-insight").daemon().factory());
        worker.allowCoreThreadTimeOut(true);
    }

    /** What is known of this text by now. If nothing is and there is room, somebody begins to find out. Never waits. */
    public Insight of(String text) {
        if (text.length() > MAX_CHARS) {
            return new Insight.None("longer than " + MAX_CHARS + " characters");
        }
        Insight insight = known.getIfPresent(text);
        if (insight != null) {
            return insight;
        }
        if (underway.add(text)) {
            try {
                worker.execute(() -> readOnce(text));
            } catch (RejectedExecutionException e) {
                underway.remove(text); // who asks again gets another chance
            }
        }
        return new Insight.Pending();
    }

    /** What is known of this text, found out on the calling thread if it was not yet. */
    public Insight now(String text) {
        if (text.length() > MAX_CHARS) {
            return of(text);
        }
        Insight insight = known.getIfPresent(text);
        return insight != null ? insight : read(text);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    private void readOnce(String text) {
        try {
            if (known.getIfPresent(text) == null) {
                read(text);
            }
        } finally {
            underway.remove(text);
        }
    }

    private Insight read(String text) {
        Insight insight = new Insight.Known(InsightReader.read(text, nanoTime, LIMIT));
        known.put(text, insight);
        return insight;
    }
}
