package io.holdfast.proxy.impact;

import io.holdfast.config.Counting;
import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import io.holdfast.proxy.estimate.RowEstimates;
import io.holdfast.proxy.estimate.RowQuestion;
import io.holdfast.proxy.insight.Insights;
import io.holdfast.proxy.policy.RowEstimate;
import io.holdfast.proxy.upstream.BackgroundConnections;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.Topology;
import io.holdfast.proxy.upstream.UpstreamState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts on a follower that has all which was committed on the primary before it was asked: who deletes what was marked a moment ago is
 * counted as deleting it. Safe for use by many threads.
 */
public final class FollowerRowEstimates implements RowEstimates, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerRowEstimates.class);

    /** At once; each has a connection. */
    private static final int THREADS = 4;

    private static final int MAX_QUEUED = 256;
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** All counts of one question may take this many times the limit of one. */
    private static final int LIMITS = 2;

    private static final int LOOK_MILLIS = 5;

    /**
     * After this, every commit is on disk, also with synchronous_commit off (three times wal_writer_delay, which is 200 ms). What is behind
     * that in the log of an idle primary, such as what was tidied up in a page, may stay in memory for long, and followers need not have it.
     */
    private static final long FLUSHED_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

    private final BackgroundConnections connections;
    private final Counting counting;
    private final UpstreamState state;
    private final Insights insights;
    private final LongSupplier nanoTime;
    private final ThreadPoolExecutor workers;

    /**
     * Connects when asked, as the account of the proxy.
     *
     * @param nanoTime the monotonic clock of {@code state}, in nanoseconds
     */
    public FollowerRowEstimates(
            Upstream config, Counting counting, UpstreamState state, Insights insights, LongSupplier nanoTime) {
        this.connections = new BackgroundConnections(config);
        this.counting = counting;
        this.state = state;
        this.insights = insights;
        this.nanoTime = nanoTime;
        workers = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(MAX_QUEUED),
                Thread.ofPlatform().name("holdfast-rows-", 0).daemon().factory());
        workers.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletionStage<Map<Integer, RowEstimate>> of(RowQuestion question) {
        CompletableFuture<Map<Integer, RowEstimate>> answer = new CompletableFuture<>();
        long asked = nanoTime.getAsLong();
        try {
            workers.execute(() -> answer.complete(answer(question, asked)));
        } catch (RejectedExecutionException e) {
            answer.complete(all(question, "too much is being counted; try again in a moment"));
        }
        return answer;
    }

    private Map<Integer, RowEstimate> answer(RowQuestion question, long asked) {
        try {
            return count(question, asked);
        } catch (Uncountable e) {
            return all(question, e.why());
        } catch (SQLException e) {
            return all(question, "the server that counts cannot be reached");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return all(question, "the proxy stops");
        } catch (RuntimeException | StackOverflowError e) { // whatever it is, the statement is taken for a large one
            LOG.error("Rows could not be counted.", e);
            return all(question, "it failed, as the proxy's log says");
        }
    }

    private Map<Integer, RowEstimate> count(RowQuestion question, long asked)
            throws SQLException, Uncountable, InterruptedException {
        Map<Integer, RowEstimate> estimates = new LinkedHashMap<>();
        HostPort host = server(asked);
        try (Connection connection = connections.open(host, question.session().database())) {
            Preparation.of(connection);
            long deadline =
                    nanoTime.getAsLong() + counting.limit().multipliedBy(LIMITS).toNanos();
            RowEstimator estimator = new RowEstimator(
                    connection,
                    host.toString(),
                    question.session(),
                    insights,
                    new RowEstimator.Deadline(counting.limit(), deadline, nanoTime),
                    question.enough());
            for (RowQuestion.Asked statement : question.statements()) {
                estimates.put(statement.number(), estimator.of(statement));
            }
        }
        return estimates;
    }

    /** Waits for one that has replayed enough. */
    private HostPort server(long asked) throws SQLException, Uncountable, InterruptedException {
        long deadline = nanoTime.getAsLong() + counting.limit().toNanos();
        long flushed = UpstreamState.NOT_YET;
        while (true) {
            Topology topology = state.topology();
            long waited = nanoTime.getAsLong() - asked;
            if (flushed == UpstreamState.NOT_YET && waited > FLUSHED_NANOS && topology.primary() != null) {
                flushed = flushed(topology.primary());
            }
            long wanted = flushed == UpstreamState.NOT_YET ? state.insertLsnAfter(asked) : flushed;
            Optional<HostPort> server = CountingServer.of(counting, topology, wanted);
            if (server.isPresent()) {
                return server.get();
            }
            if (CountingServer.of(counting, topology, Lsn.ZERO).isEmpty()) {
                throw new Uncountable(CountingServer.whyNone(counting, topology));
            }
            if (nanoTime.getAsLong() - deadline > 0) {
                throw new Uncountable("no follower has caught up with the primary in time");
            }
            state.hurry();
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** How far the primary's log is on disk, and so with followers sooner or later. */
    private long flushed(HostPort primary) throws SQLException {
        try (Connection connection = connections.open(primary);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_current_wal_flush_lsn()::text")) {
            row.next();
            return Lsn.parse(row.getString(1));
        }
    }

    private static Map<Integer, RowEstimate> all(RowQuestion question, String why) {
        Map<Integer, RowEstimate> estimates = new LinkedHashMap<>();
        question.statements().forEach(asked -> estimates.put(asked.number(), new RowEstimate.Unknown(why)));
        return estimates;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
