package io.holdfast.proxy.impact;

import io.holdfast.proxy.audit.SecretRedactor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks on the primary for sessions whose locks on tables conflict with those that a statement takes. Locks on single rows are in no view.
 *
 * @see <a href="https://www.postgresql.org/docs/current/view-pg-locks.html">pg_locks</a>
 */
final class LockHolders {
    private static final int MOST = 20;
    private static final int QUERY_CHARS = 200;

    private static final String HOLDERS = """
            SELECT l.relation::bigint, l.mode, NOT l.granted, coalesce(l.pid, 0), coalesce(a.usename, a.backend_type, 'prepared transaction'),
                   coalesce(a.application_name, ''), coalesce(a.state, ''), a.xact_start, a.query
              FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
             WHERE l.locktype = 'relation' AND l.relation = ANY (?) AND l.pid IS DISTINCT FROM pg_backend_pid()
               AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
             ORDER BY l.granted DESC, a.xact_start NULLS LAST, l.pid, l.relation
             LIMIT 2000""";

    private LockHolders() {}

    /** A lock that the statement will take. */
    record Wanted(String table, LockMode mode) {}

    /** @param wanted by the table's oid */
    static InTheWay find(Connection connection, Map<Long, Wanted> wanted) throws SQLException {
        List<Blocker> blockers = new ArrayList<>();
        Set<String> counted = new HashSet<>();
        int more = 0;
        try (PreparedStatement statement = connection.prepareStatement(HOLDERS)) {
            statement.setArray(
                    1, connection.createArrayOf("oid", wanted.keySet().toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Wanted mine = Objects.requireNonNull(wanted.get(row.getLong(1)));
                    Optional<LockMode> theirs = LockMode.of(row.getString(2)).filter(mine.mode()::conflictsWith);
                    if (theirs.isEmpty()
                            || !counted.add(row.getInt(4) + " " + (row.getInt(4) == 0 ? row.getRow() : 0))) {
                        continue;
                    }
                    if (blockers.size() < MOST) {
                        blockers.add(blocker(row, mine.table(), theirs.get()));
                    } else {
                        more++;
                    }
                }
            }
        }
        return new InTheWay.Sessions(blockers, more);
    }

    private static Blocker blocker(ResultSet row, String table, LockMode mode) throws SQLException {
        OffsetDateTime since = row.getObject(8, OffsetDateTime.class);
        return new Blocker(
                row.getInt(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                since == null ? null : since.toInstant(),
                table,
                mode,
                row.getBoolean(3),
                query(row.getString(9)));
    }

    /** Secrets go before it is cut: half a literal could not be told. */
    private static @Nullable String query(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        String safe = SecretRedactor.redactMessage(text).strip();
        int end = safe.offsetByCodePoints(0, Math.min(QUERY_CHARS, safe.codePointCount(0, safe.length())));
        return end == safe.length() ? safe : safe.substring(0, end) + "...";
    }
}
