package io.holdfast.proxy.impact;

import io.holdfast.config.Counting;
import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import io.holdfast.proxy.estimate.RowEstimates;
import io.holdfast.proxy.estimate.RowQuestion;
import io.holdfast.proxy.insight.Insights;
import io.holdfast.proxy.policy.RowEstimate;
import io.holdfast.proxy.upstream.KeptConnections;
import io.holdfast.proxy.upstream.UpstreamState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts on a follower, while the session that has asked waits. Safe for use by many threads.
 */
public final class FollowerRowEstimates implements RowEstimates, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerRowEstimates.class);

    /** At once; each has a connection. */
    private static final int THREADS = 4;

    private static final int MAX_QUEUED = 256;

    /** All counts of one question may take this many times the limit of one. */
    private static final int LIMITS = 2;

    private final KeptConnections connections;
    private final FreshServer fresh;
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
        this.connections = new KeptConnections(config, THREADS);
        this.fresh = new FreshServer(connections, counting, config.account().database(), nanoTime);
        this.counting = counting;
        this.state = state;
        this.insights = insights;
        this.nanoTime = nanoTime;
        workers = Workers.of("rows", THREADS, MAX_QUEUED);
    }

    @Override
    public CompletionStage<Map<Integer, RowEstimate>> of(RowQuestion question) {
        CompletableFuture<Map<Integer, RowEstimate>> answer = new CompletableFuture<>();
        try {
            workers.execute(() -> answer.complete(answer(question)));
        } catch (RejectedExecutionException e) {
            answer.complete(all(question, "too much is being counted; try again in a moment"));
        }
        return answer;
    }

    private Map<Integer, RowEstimate> answer(RowQuestion question) {
        try {
            return count(question);
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

    private Map<Integer, RowEstimate> count(RowQuestion question)
            throws SQLException, Uncountable, InterruptedException {
        Map<Integer, RowEstimate> estimates = new LinkedHashMap<>();
        HostPort host = fresh.of(state.topology());
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

    private static Map<Integer, RowEstimate> all(RowQuestion question, String why) {
        Map<Integer, RowEstimate> estimates = new LinkedHashMap<>();
        question.statements().forEach(asked -> estimates.put(asked.number(), new RowEstimate.Unknown(why)));
        return estimates;
    }

    @Override
    public void close() {
        workers.shutdownNow();
        connections.close();
    }
}
