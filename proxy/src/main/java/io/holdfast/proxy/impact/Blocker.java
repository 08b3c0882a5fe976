package io.holdfast.proxy.impact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session that is in the way.
 *
 * @param pid of its process on the primary; 0: a prepared transaction, which has none
 * @param user PostgreSQL user; the kind of process where it has none, such as {@code autovacuum worker}
 * @param application application_name, empty if none
 * @param state as pg_stat_activity has it, such as {@code idle in transaction}
 * @param since its transaction began; null: not known
 * @param table where, with its schema
 * @param mode of its lock
 * @param waits it has not got the lock yet, and stands before the statement in the queue
 * @param query what it runs or has run last, without secrets, shortened; null: not to be seen
 */
public record Blocker(
        int pid,
        String user,
        String application,
        String state,
        @Nullable Instant since,
        String table,
        LockMode mode,
        boolean waits,
        @Nullable String query) {
    Blocker withoutQuery() {
        return new Blocker(pid, user, application, state, since, table, mode, waits, null);
    }
}
