package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.KEY;
import static io.holdfast.proxy.statement.Keyword.NO;
import static io.holdfast.proxy.statement.Keyword.OF;
import static io.holdfast.proxy.statement.Keyword.READ;
import static io.holdfast.proxy.statement.Keyword.SHARE;
import static io.holdfast.proxy.statement.Keyword.UPDATE;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * FOR UPDATE and its weaker sisters: row locks, which a standby refuses.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE">The Locking Clause</a>
 */
final class LockingClause {
    private LockingClause() {}

    /** Behind FOR at the end of a query. */
    static void clause(Reading r) {
        if (r.is(READ)) { // FOR READ ONLY
            r.next();
            r.expect(Keyword.ONLY);
            return;
        }
        String lock = lock(r);
        if (lock == null) {
            throw r.unexpected();
        }
        if (r.accept(OF)) {
            do {
                r.qualifiedName();
            } while (r.accept(','));
        }
        if (!r.accept(Keyword.NOWAIT)) {
            r.accept(Keyword.SKIP, Keyword.LOCKED);
        }
        r.found().refineCommand("SELECT", "SELECT " + lock);
        r.found().raise(StatementClass.WRITE, "locks rows: " + lock.toLowerCase(Locale.ROOT));
    }

    /** Behind FOR inside parentheses: a lock, or {@code SUBSTRING(x FOR n)}. */
    static void inExpression(Reading r) {
        int at = r.position();
        if (lock(r) == null) {
            r.position(at);
        } else {
            r.found().raise(StatementClass.WRITE, "locks rows");
        }
    }

    private static @Nullable String lock(Reading r) {
        if (r.accept(UPDATE)) {
            return "FOR UPDATE";
        } else if (r.accept(SHARE)) {
            return "FOR SHARE";
        } else if (r.accept(KEY, SHARE)) {
            return "FOR KEY SHARE";
        } else if (r.accept(NO, KEY)) {
            r.expect(UPDATE);
            return "FOR NO KEY UPDATE";
        }
        return null;
    }
}
