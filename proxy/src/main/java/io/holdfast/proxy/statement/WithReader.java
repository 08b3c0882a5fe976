package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.AS;
import static io.holdfast.proxy.statement.Keyword.CYCLE;
import static io.holdfast.proxy.statement.Keyword.MATERIALIZED;
import static io.holdfast.proxy.statement.Keyword.NOT;
import static io.holdfast.proxy.statement.Keyword.RECURSIVE;
import static io.holdfast.proxy.statement.Keyword.SEARCH;
import static io.holdfast.proxy.statement.Keyword.WITH;

/**
 * Common table expressions; each may be an INSERT, UPDATE, DELETE or MERGE, whatever the statement around it is.
 *
 * @see <a href="https://www.postgresql.org/docs/current/queries-with.html">WITH Queries</a>
 */
final class WithReader {
    private WithReader() {}

    static void with(Reading r) {
        r.expect(WITH);
        boolean recursive = r.accept(RECURSIVE);
        do {
            String name = r.name();
            if (recursive) {
                r.commonName(name);
            }
            if (r.is('(')) {
                r.skipParentheses(); // column names
            }
            r.expect(AS);
            r.accept(NOT);
            r.accept(MATERIALIZED);
            r.expect('(');
            body(r);
            r.expect(')');
            if (!recursive) {
                r.commonName(name);
            }
            searchAndCycle(r);
        } while (r.accept(','));
    }

    /** The command of the statement is what stands behind the WITH clause, so it is not named from here. */
    private static void body(Reading r) {
        Reading inner = r.inner(r.position(), r.end());
        QueryReader.query(inner);
        r.position(inner.position());
        r.found().absorb(inner.found());
    }

    /** {@code SEARCH DEPTH FIRST BY a, b SET c}, {@code CYCLE a SET b TO x DEFAULT y USING p}. */
    private static void searchAndCycle(Reading r) {
        while (r.is(SEARCH) || r.is(CYCLE)) {
            while (!r.is(Keyword.SET)) {
                if (r.isEnd()) {
                    throw r.unexpected();
                }
                r.next();
            }
            r.next();
            r.name();
            if (r.accept(Keyword.TO)) {
                ExpressionReader.list(r); // a constant, DEFAULT, a constant
            }
            if (r.accept(Keyword.USING)) {
                r.name();
            }
        }
    }
}
