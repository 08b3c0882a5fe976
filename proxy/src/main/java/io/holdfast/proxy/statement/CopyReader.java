package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.BINARY;
import static io.holdfast.proxy.statement.Keyword.FROM;
import static io.holdfast.proxy.statement.Keyword.PROGRAM;
import static io.holdfast.proxy.statement.Keyword.STDIN;
import static io.holdfast.proxy.statement.Keyword.STDOUT;
import static io.holdfast.proxy.statement.Keyword.TO;

/**
 * COPY: a read, a bulk insert, or a command run on the server, and COPY (query) may hold a DELETE.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY</a>
 */
final class CopyReader {
    private CopyReader() {}

    static void copy(Reading r) {
        r.expect(Keyword.COPY);
        if (r.is('(')) {
            r.next();
            Reading inner = r.inner(r.position(), r.end());
            QueryReader.query(inner);
            r.position(inner.position());
            r.expect(')');
            r.expect(TO);
            r.found().command("COPY");
            r.found().absorb(inner.found());
            to(r);
            return;
        }
        r.accept(BINARY);
        RelationName name = r.qualifiedName();
        if (r.is('(')) {
            r.skipParentheses(); // column names
        }
        if (r.accept(TO)) {
            r.found().command("COPY");
            r.found().relation(name);
            to(r);
        } else {
            r.expect(FROM);
            r.found().command("COPY FROM");
            r.found().raise(StatementClass.WRITE, "copies into " + name);
            TargetRelation.modified(r.found(), name);
            from(r);
        }
    }

    private static void to(Reading r) {
        if (r.accept(STDOUT) || r.accept(STDIN)) {
            return;
        }
        r.found()
                .raise(
                        StatementClass.DESTRUCTIVE,
                        r.is(PROGRAM) ? "runs a program on the server" : "writes a file on the server");
    }

    private static void from(Reading r) {
        if (r.accept(PROGRAM)) {
            r.found().raise(StatementClass.DESTRUCTIVE, "runs a program on the server");
        } else if (!r.accept(STDIN) && !r.accept(STDOUT)) {
            r.found().raise(StatementClass.DESTRUCTIVE, "reads a file on the server");
        }
        while (!r.isEnd()) {
            if (r.accept(Keyword.WHERE)) {
                ExpressionReader.list(r);
                r.expectEnd();
            } else if (r.is('(')) {
                r.skipParentheses(); // options
            } else {
                r.next();
            }
        }
    }
}
