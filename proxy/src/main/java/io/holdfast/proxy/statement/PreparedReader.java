package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.ALL;
import static io.holdfast.proxy.statement.Keyword.AS;

/**
 * PREPARE, EXECUTE, DEALLOCATE. Their names are those of the protocol's prepared statements too.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-prepare.html">PREPARE</a>
 */
final class PreparedReader {
    private PreparedReader() {}

    /** Runs nothing; the facts of what it stores are in the effect. */
    static void prepare(Reading r) {
        r.expect(Keyword.PREPARE);
        String name = preparedName(r);
        if (r.is('(')) {
            r.skipParentheses(); // types
        }
        r.expect(AS);
        int first = r.position();
        Reading inner = r.inner(first, r.end());
        QueryReader.query(inner);
        inner.expectEnd();
        TokenBuffer tokens = r.tokens();
        StatementFacts prepared = inner.found().facts(tokens.start(first), tokens.end(r.end() - 1));
        r.found().command("PREPARE");
        r.found().absorbNames(inner.found());
        r.found().raise(StatementClass.SESSION, "prepares a statement");
        r.found().effect(new SessionEffect.Prepare(name, prepared));
    }

    /** Also inside EXPLAIN and CREATE TABLE AS, so other words may follow. */
    static void execute(Reading r) {
        r.expect(Keyword.EXECUTE);
        r.found().command("EXECUTE");
        r.found().effect(new SessionEffect.Execute(preparedName(r)));
        if (r.is('(')) {
            ExpressionReader.parentheses(r);
        }
    }

    static void deallocate(Reading r) {
        r.expect(Keyword.DEALLOCATE);
        if (r.is(Keyword.PREPARE) && r.position() + 1 < r.end()) {
            r.next();
        }
        boolean all = r.accept(ALL);
        r.found().command(all ? "DEALLOCATE ALL" : "DEALLOCATE");
        r.found().effect(new SessionEffect.Deallocate(all ? null : preparedName(r)));
        r.found().raise(StatementClass.SESSION, "forgets prepared statements");
        r.expectEnd();
    }

    private static String preparedName(Reading r) {
        int i = r.position();
        r.name();
        return Names.bytewiseName(r.tokens(), i);
    }
}
