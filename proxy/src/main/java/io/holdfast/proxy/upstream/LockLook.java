package io.holdfast.proxy.upstream;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.approval.LockReport;
import io.holdfast.proxy.approval.LockReport.Unknown;
import io.holdfast.proxy.approval.ReleasedRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the locks of one database, on a connection that it keeps while there is something to look at. Of one thread at a time. */
final class LockLook {
    private static final Logger LOG = LoggerFactory.getLogger(LockLook.class);

    /** Where released statements run. */
    record Place(HostPort server, String database) {}

    private final BackgroundConnections connections;
    private final Place place;
    private final Duration limit;
    private @Nullable Connection connection;
    private String lastWhy = "";

    LockLook(BackgroundConnections connections, Place place, Duration limit) {
        this.connections = connections;
        this.place = place;
        this.limit = limit;
    }

    /** What each of these waits for; a null report stands for nothing. */
    Map<ReleasedRun, @Nullable LockReport> at(Collection<ReleasedRun> runs, Instant now) {
        Map<ReleasedRun, @Nullable LockReport> reports = new HashMap<>();
        try {
            List<Integer> processIds = runs.stream().map(LockLook::processId).toList();
            Map<Integer, LockQuery.Seen> seen = LockQuery.ask(connection(), processIds, limit, now);
            runs.forEach(run -> reports.put(run, report(run, seen.get(processId(run)))));
            lastWhy = "";
        } catch (SQLException e) {
            disconnect();
            unknown(runs, reports, BackgroundConnections.oneLine(e));
        } catch (RuntimeException e) {
            LOG.error("looking at the locks of {} failed", place, e);
            disconnect();
            unknown(runs, reports, e.toString());
        }
        return reports;
    }

    private void unknown(Collection<ReleasedRun> runs, Map<ReleasedRun, @Nullable LockReport> reports, String problem) {
        String why = place.server + ": " + problem;
        if (!why.equals(lastWhy)) {
            lastWhy = why;
            LOG.warn("Locks in database {} cannot be looked at: {}", place.database, why);
        }
        runs.forEach(run -> reports.put(run, new Unknown(why, null)));
    }

    private @Nullable LockReport report(ReleasedRun run, LockQuery.@Nullable Seen seen) {
        if (seen == null || !seen.user().equals(run.user()) || !seen.database().equals(run.database())) {
            return new Unknown(
                    place.server + " has no process " + processId(run)
                            + " of this session, so a pooler stands between it and the proxy",
                    null);
        }
        if (seen.hidden()) {
            return new Unknown("the proxy's account may not look at other sessions; GRANT pg_monitor TO it", null);
        }
        return seen.waiting();
    }

    private static int processId(ReleasedRun run) {
        return Objects.requireNonNull(run.backend()).processId();
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = connections.open(place.server, place.database);
            connection = open;
        }
        return open;
    }

    void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.debug("a connection that is given up did not close cleanly", e);
        } finally {
            connection = null;
        }
    }
}
