package io.holdfast.proxy.upstream;

import io.holdfast.proxy.approval.Blocker;
import io.holdfast.proxy.approval.LockReport.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What processes of a server wait for, and who is in their way; one question for all of them. Locks are looked at only for those that
 * wait, and who blocks them only where that has lasted, since both stop the server's lock manager for a moment.
 *
 * @see <a href="https://www.postgresql.org/docs/current/view-pg-locks.html">pg_locks</a>
 */
final class LockQuery {
    /** Named of each; whoever has the oldest transaction comes first. */
    private static final int MOST_BLOCKERS = 5;

    private static final String ASK = """
            WITH own AS MATERIALIZED (
                SELECT pid, usename, datname, wait_event_type = 'Lock' AS waits,
                       backend_type IS NULL AND query = '<insufficient privilege>' AS hidden
                FROM pg_catalog.pg_stat_activity
                WHERE pid = ANY (?))
            SELECT own.pid, own.usename, own.datname, own.hidden,
                   lock.name, lock.waitstart, lock.waited,
                   other.pid, coalesce(stat.usename, ''),
                   CASE WHEN stat.backend_type = 'client backend' THEN stat.application_name ELSE stat.backend_type END,
                   CASE WHEN stat.backend_type <> 'client backend' THEN ''
                        ELSE coalesce(pg_catalog.host(stat.client_addr), 'local') END,
                   stat.state || CASE WHEN stat.wait_event_type = 'Lock' THEN ', itself waiting for a lock' ELSE '' END,
                   stat.state_change, pg_catalog.left(stat.query, 1000)
            FROM own
            LEFT JOIN LATERAL (
                SELECT held.mode || ' on ' || held.locktype
                           || coalesce(' ' || pg_catalog.quote_ident(space.nspname) || '.'
                                  || pg_catalog.quote_ident(class.relname),
                              ' ' || held.relation, ' ' || held.transactionid, ' ' || held.virtualxid, '') AS name,
                       held.waitstart,
                       EXTRACT(EPOCH FROM pg_catalog.clock_timestamp() - held.waitstart)::double precision AS waited
                FROM pg_catalog.pg_locks AS held
                LEFT JOIN pg_catalog.pg_database AS here ON here.datname = pg_catalog.current_database()
                LEFT JOIN pg_catalog.pg_class AS class ON class.oid = held.relation AND held.database = here.oid
                LEFT JOIN pg_catalog.pg_namespace AS space ON space.oid = class.relnamespace
                WHERE own.waits AND held.pid = own.pid AND NOT held.granted
                LIMIT 1) AS lock ON true
            LEFT JOIN LATERAL (
                SELECT DISTINCT blocking.pid
                FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids(own.pid)) AS blocking(pid)
                WHERE lock.waited >= ?) AS other ON true
            LEFT JOIN pg_catalog.pg_stat_activity AS stat ON stat.pid = other.pid
            ORDER BY own.pid, stat.xact_start, other.pid""";

    /**
     * What the server says of one process.
     *
     * @param user empty: it has none
     * @param hidden true: the account may not see more
     * @param waiting null: it does not wait for a lock, or has only begun to
     */
    record Seen(
            String user,
            String database,
            boolean hidden,
            @Nullable Waiting waiting) {}

    private LockQuery() {}

    /**
     * Asks about some processes; those that the server does not have are missing in the answer.
     *
     * @param limit waits that are shorter are not looked into
     * @param now of the wall, for what is found
     */
    static Map<Integer, Seen> ask(Connection connection, Collection<Integer> processIds, Duration limit, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ASK)) {
            statement.setArray(1, connection.createArrayOf("int4", processIds.toArray()));
            statement.setDouble(2, limit.toNanos() / 1e9);
            try (ResultSet rows = statement.executeQuery()) {
                Map<Integer, Seen> seen = new HashMap<>();
                while (rows.next()) {
                    int processId = rows.getInt(1);
                    seen.put(processId, merged(seen.get(processId), row(rows, limit, now)));
                }
                return seen;
            }
        }
    }

    private static Seen row(ResultSet row, Duration limit, Instant now) throws SQLException {
        return new Seen(text(row, 2), text(row, 3), row.getBoolean(4), waiting(row, limit, now));
    }

    /** The server does not know for a moment when a wait began. */
    private static @Nullable Waiting waiting(ResultSet row, Duration limit, Instant now) throws SQLException {
        String lock = row.getString(5);
        Instant since = time(row, 6);
        if (lock == null || since == null) {
            return null;
        }
        Duration waited = Duration.ofNanos((long) (row.getDouble(7) * 1e9));
        int processId = row.getInt(8);
        boolean isBlocked = !row.wasNull();
        List<Blocker> blockers = isBlocked ? List.of(blocker(processId, row)) : List.of();
        return waited.compareTo(limit) < 0 ? null : new Waiting(lock, since, waited, now, blockers, 0);
    }

    private static Blocker blocker(int processId, ResultSet row) throws SQLException {
        return new Blocker(
                processId, text(row, 9), text(row, 10), text(row, 11), text(row, 12), time(row, 13), text(row, 14));
    }

    /** Each further row of a process is about another one who blocks it. */
    private static Seen merged(@Nullable Seen before, Seen next) {
        if (before == null || before.waiting == null || next.waiting == null) {
            return next;
        }
        Waiting known = before.waiting;
        List<Blocker> blockers = new ArrayList<>(known.blockers());
        int unlisted = known.unlisted();
        if (blockers.size() < MOST_BLOCKERS) {
            blockers.addAll(next.waiting.blockers());
        } else {
            unlisted++;
        }
        return new Seen(
                before.user,
                before.database,
                before.hidden,
                new Waiting(known.lock(), known.since(), known.waited(), known.seen(), blockers, unlisted));
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
