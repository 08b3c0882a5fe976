package io.holdfast.proxy.impact;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.holdfast.config.Counting;
import io.holdfast.config.Upstream;
import io.holdfast.proxy.approval.HoldId;
import io.holdfast.proxy.approval.HoldState;
import io.holdfast.proxy.approval.HoldView;
import io.holdfast.proxy.insight.Insights;
import io.holdfast.proxy.upstream.BackgroundConnections;
import io.holdfast.proxy.upstream.UpstreamState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures holds in the background, some at a time, and remembers. Nobody waits for it: who asks too early asks again. Safe for use by many
 * threads.
 *
 * <p>What is measured is not kept with the hold in the control store. It is true for a moment only, every proxy can find it out for itself
 * on the same servers, and a store that many write to whenever somebody looks would be none of decisions any more. So each proxy measures
 * what it is asked for, again when it is asked later, and says when it did.
 */
public final class Impacts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Impacts.class);

    /** At once; each has a connection to the primary and perhaps one to a follower. */
    private static final int THREADS = 2;

    private static final int MAX_QUEUED = 64;
    private static final int MAX_REMEMBERED = 200;

    /** What is older is measured again for the next who asks, who meanwhile gets this. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    /** What is known of one hold; ids may come again one day. */
    private record Known(Instant opened, Instant at, Impact impact) {}

    private final Cache<HoldId, Known> known = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .executor(Runnable::run)
            .build();
    private final Map<HoldId, CompletableFuture<Impact>> underway = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor workers;
    private final Measurement measurement;
    private final UpstreamState state;
    private final Insights insights;
    private final InstantSource clock;

    /**
     * Connects when first asked, as the account of the proxy.
     *
     * @param clock of the wall
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    public Impacts(
            Upstream config,
            Counting counting,
            UpstreamState state,
            Insights insights,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.measurement = new Measurement(new BackgroundConnections(config), counting, clock, nanoTime);
        this.state = state;
        this.insights = insights;
        this.clock = clock;
        workers = Workers.of("impact", THREADS, MAX_QUEUED);
    }

    /**
     * What is known by now. While the hold waits for people, somebody begins to find out if nothing is known, or nothing that is fresh.
     * Never waits.
     */
    public Impact of(HoldView hold) {
        Known last = last(hold);
        boolean fresh = last != null && last.at().plus(FRESH).isAfter(clock.instant());
        if (fresh || !isOpen(hold)) {
            return last == null ? new Impact.None("it does not wait any more") : last.impact();
        }
        CompletableFuture<Impact> measuring = measure(hold);
        if (last != null) {
            return last.impact();
        }
        return measuring.getNow(new Impact.Pending());
    }

    /** What is found out next, or known already; completes at once if there is nothing to measure. */
    public CompletionStage<Impact> soon(HoldView hold) {
        Impact now = of(hold);
        return now instanceof Impact.Pending ? measure(hold).copy() : CompletableFuture.completedStage(now);
    }

    private static boolean isOpen(HoldView hold) {
        return hold.state() == HoldState.WAITING || hold.state() == HoldState.GRANTED;
    }

    private @Nullable Known last(HoldView hold) {
        Known last = known.getIfPresent(hold.id());
        return last == null || !last.opened().equals(hold.opened()) ? null : last;
    }

    private CompletableFuture<Impact> measure(HoldView hold) {
        CompletableFuture<Impact> mine = new CompletableFuture<>();
        CompletableFuture<Impact> others = underway.putIfAbsent(hold.id(), mine);
        if (others != null) {
            return others;
        }
        try {
            workers.execute(() -> measure(hold, mine));
        } catch (RejectedExecutionException e) {
            underway.remove(hold.id());
            mine.complete(new Impact.None("too much is being measured; ask again in a moment"));
        }
        return mine;
    }

    private void measure(HoldView hold, CompletableFuture<Impact> answer) {
        Impact impact = new Impact.None("it could not be measured");
        Instant at = clock.instant();
        try {
            impact = measurement.of(hold.request(), insights.now(hold.request().text()), state.topology());
        } catch (RuntimeException | StackOverflowError e) { // whatever it is, the hold goes on as before
            LOG.error("The impact of {} could not be measured.", hold.id(), e);
        } finally {
            known.put(hold.id(), new Known(hold.opened(), at, impact));
            underway.remove(hold.id());
            answer.complete(impact);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
