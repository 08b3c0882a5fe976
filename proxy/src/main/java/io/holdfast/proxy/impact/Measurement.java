package io.holdfast.proxy.impact;

import io.holdfast.config.Counting;
import io.holdfast.config.HostPort;
import io.holdfast.proxy.approval.BoundValue;
import io.holdfast.proxy.approval.HoldRequest;
import io.holdfast.proxy.estimate.SessionState;
import io.holdfast.proxy.impact.LockHolders.Wanted;
import io.holdfast.proxy.insight.Insight;
import io.holdfast.proxy.insight.StatementInsight;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import io.holdfast.proxy.upstream.BackgroundConnections;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.Topology;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures one hold: catalog, sizes and locks on the primary, rows on a follower. Blocks, for some seconds at most; each measurement has
 * connections of its own, since holds are rare. Where a part fails, the others are told all the same.
 */
final class Measurement {
    private static final int MOST_STATEMENTS = 20;

    private final BackgroundConnections connections;
    private final Counting counting;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    /**
     * @param clock of the wall
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    Measurement(BackgroundConnections connections, Counting counting, InstantSource clock, LongSupplier nanoTime) {
        this.connections = connections;
        this.counting = counting;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** @param insight of the request's text */
    Impact of(HoldRequest request, Insight insight, Topology topology) {
        Instant at = clock.instant();
        HostPort primary = topology.primary();
        HostPort host = primary != null ? primary : topology.freshest(Lsn.ZERO).orElse(null);
        if (host == null) {
            return new Impact.None(topology.whyNoPrimary());
        }
        try (Connection connection = connections.open(host, request.database())) {
            Preparation.of(connection);
            Map<Long, Wanted> wanted = new LinkedHashMap<>();
            List<StatementImpact> statements = statements(connection, request, insight, topology, wanted);
            InTheWay inTheWay =
                    primary == null ? new InTheWay.Unknown(topology.whyNoPrimary()) : inTheWay(connection, wanted);
            return new Impact.Measured(at, statements, inTheWay);
        } catch (SQLException e) {
            return new Impact.None(host + ": " + Failure.words(e));
        }
    }

    private static InTheWay inTheWay(Connection connection, Map<Long, Wanted> wanted) {
        try {
            return LockHolders.find(connection, wanted);
        } catch (SQLException e) {
            return new InTheWay.Unknown(Failure.words(e));
        }
    }

    private List<StatementImpact> statements(
            Connection connection, HoldRequest request, Insight insight, Topology topology, Map<Long, Wanted> wanted) {
        byte[] sql = request.text().getBytes(StandardCharsets.UTF_8);
        List<StatementFacts> all = StatementReader.read(sql, 0, sql.length).statements();
        SessionState session = SessionState.of(request);
        List<StatementImpact> impacts = new ArrayList<>();
        try (Counts counts = new Counts(connections, counting, topology, session, nanoTime)) {
            for (StatementFacts facts : all) {
                impacts.add(
                        impacts.size() < MOST_STATEMENTS
                                ? statement(
                                        connection,
                                        session,
                                        StatementText.of(facts, sql, values(request, all.size(), impacts.size() + 1)),
                                        insight(insight, impacts.size()),
                                        wanted,
                                        counts)
                                : StatementImpact.unknown(
                                        "not measured: only the first " + MOST_STATEMENTS + " statements are"));
            }
        }
        return impacts;
    }

    /** Where the text has more than what is run, as behind EXECUTE, its statements are not those that the values are counted by. */
    private static @Nullable List<BoundValue> values(HoldRequest request, int statements, int number) {
        return statements == request.facts().size() ? request.valuesOf(number) : null;
    }

    private static StatementInsight insight(Insight insight, int index) {
        StatementInsight unread = new StatementInsight.Unreadable("its text was not read");
        return switch (insight) {
            case Insight.Known(var statements) -> index < statements.size() ? statements.get(index) : unread;
            case Insight.Pending _ -> unread;
            case Insight.None(var why) -> new StatementInsight.Unreadable(why);
        };
    }

    private static StatementImpact statement(
            Connection connection,
            SessionState session,
            StatementText text,
            StatementInsight insight,
            Map<Long, Wanted> wanted,
            Counts counts) {
        if (text.facts().unparsed() || text.tokens().isEmpty()) {
            return StatementImpact.unknown("not measured: it is not understood");
        }
        try {
            Survey survey = Survey.of(connection, session, text, insight);
            survey.wanted().forEach((table, lock) -> wanted.merge(table, lock, Measurement::stronger));
            return survey.impact(counts.of(text, insight, survey));
        } catch (SQLException e) {
            return StatementImpact.unknown("not measured: " + Failure.words(e));
        }
    }

    private static Wanted stronger(Wanted one, Wanted other) {
        return one.mode().compareTo(other.mode()) >= 0 ? one : other;
    }
}
