package io.holdfast.proxy.impact;

import io.holdfast.config.Counting;
import io.holdfast.config.HostPort;
import io.holdfast.proxy.estimate.SessionState;
import io.holdfast.proxy.insight.RowCount;
import io.holdfast.proxy.insight.StatementInsight;
import io.holdfast.proxy.upstream.BackgroundConnections;
import io.holdfast.proxy.upstream.Topology;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The counts of one hold: where, on a connection that is opened for the first of them, and within which time. */
final class Counts implements AutoCloseable {
    /** One hold of many statements may take this many times the limit of one. */
    private static final int LIMITS_PER_HOLD = 2;

    private final BackgroundConnections connections;
    private final Counting counting;
    private final Topology topology;
    private final SessionState session;
    private final LongSupplier nanoTime;
    private Duration left;
    private @Nullable Connection connection;
    private @Nullable RowCounter counter;
    private @Nullable String failure;

    /**
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    Counts(
            BackgroundConnections connections,
            Counting counting,
            Topology topology,
            SessionState session,
            LongSupplier nanoTime) {
        this.connections = connections;
        this.counting = counting;
        this.topology = topology;
        this.session = session;
        this.nanoTime = nanoTime;
        this.left = counting.limit().multipliedBy(LIMITS_PER_HOLD);
    }

    /**
     * Rows of one statement.
     *
     * @param rows one for each UPDATE and DELETE in it
     * @param along what foreign keys take along with them
     */
    record Counted(List<Rows> rows, List<Rows> along) {}

    Counted of(StatementText text, StatementInsight insight, Survey survey) {
        return switch (insight) {
            case StatementInsight.Details details -> count(details, text, survey);
            case StatementInsight.Unreadable(var why) ->
                new Counted(
                        survey.changedRows()
                                .<Rows>map(name -> new Rows.NotCounted(name, why))
                                .toList(),
                        List.of());
        };
    }

    private Counted count(StatementInsight.Details details, StatementText text, Survey survey) {
        List<Rows> rows = new ArrayList<>();
        RowCounter.Subject subject = new RowCounter.Subject(text, survey.look(), survey.trees());
        Along along = new Along(subject, survey, this::count);
        for (RowCount count : details.counts()) {
            switch (count) {
                case RowCount.Query query -> {
                    Rows one = count(query, subject);
                    rows.add(one);
                    if (one instanceof Rows.Counted counted && counted.rows() > 0) {
                        changed(query, text, details, survey).ifPresent(along::follow);
                    }
                }
                case RowCount.Unknown(var target, var why) -> rows.add(new Rows.NotCounted(target, why));
            }
        }
        return new Counted(rows, along.rows());
    }

    private static Optional<CascadeRows.Changed> changed(
            RowCount.Query query, StatementText text, StatementInsight insight, Survey survey) {
        return RowSet.of(query)
                .flatMap(rows -> Targets.named(query.target())
                        .flatMap(name -> survey.tree(name)
                                .map(tree -> CascadeRows.Changed.by(text, insight, rows, name, tree))));
    }

    private Rows count(RowCount.Query query, RowCounter.Subject subject) {
        if (!left.isPositive()) {
            return new Rows.NotCounted(query.target(), "the counts before it have used up the time for counting");
        }
        RowCounter ready = counter();
        if (ready == null) {
            return new Rows.NotCounted(query.target(), String.valueOf(failure));
        }
        long start = nanoTime.getAsLong();
        Rows rows = ready.count(query, subject, counting.limit());
        left = left.minusNanos(nanoTime.getAsLong() - start);
        return rows;
    }

    /** Null: there is none, and {@link #failure} says why. */
    private @Nullable RowCounter counter() {
        if (counter == null && failure == null) {
            CountingServer.of(counting, topology)
                    .ifPresentOrElse(this::connect, () -> failure = CountingServer.whyNone(counting, topology));
        }
        return counter;
    }

    private void connect(HostPort host) {
        try {
            connection = connections.open(host, session.database());
            counter = new RowCounter(connection, host.toString(), session);
        } catch (SQLException e) {
            failure = host + ": " + Failure.words(e);
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException _) {
                // it is given up anyway
            }
        }
    }
}
