package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.AND;
import static io.holdfast.proxy.statement.Keyword.CHAIN;
import static io.holdfast.proxy.statement.Keyword.NO;
import static io.holdfast.proxy.statement.Keyword.PREPARED;
import static io.holdfast.proxy.statement.Keyword.SAVEPOINT;
import static io.holdfast.proxy.statement.Keyword.TO;
import static io.holdfast.proxy.statement.Keyword.TRANSACTION;
import static io.holdfast.proxy.statement.Keyword.WORK;

/**
 * Commands that begin, end or divide a transaction; two-phase commit, which takes work out of its session.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-begin.html">BEGIN</a>
 */
final class TransactionReader {
    private TransactionReader() {}

    static void transaction(Reading r) {
        Keyword verb = r.keyword();
        r.next();
        switch (verb) {
            case BEGIN -> {
                work(r);
                begin(r, "BEGIN");
            }
            case START -> {
                r.expect(TRANSACTION);
                begin(r, "START TRANSACTION");
            }
            case COMMIT, END -> {
                if (verb == Keyword.COMMIT && r.accept(PREPARED)) {
                    prepared(r, "COMMIT PREPARED", "commits what another session prepared");
                } else {
                    end(r, "COMMIT", true);
                }
            }
            case ROLLBACK, ABORT -> rollback(r, verb);
            case SAVEPOINT -> savepoint(r, "SAVEPOINT", false);
            case RELEASE -> {
                r.accept(SAVEPOINT);
                savepoint(r, "RELEASE", false);
            }
            case PREPARE -> {
                r.expect(TRANSACTION);
                prepared(r, "PREPARE TRANSACTION", "lets any session commit this later");
                r.found().effect(new SessionEffect.End(true));
            }
            default -> throw r.unexpected();
        }
    }

    private static void begin(Reading r, String command) {
        TransactionModes modes = TransactionModes.read(r);
        r.expectEnd();
        r.found().command(command);
        r.found().raise(StatementClass.SESSION, "begins a transaction");
        boolean readOnly = Boolean.TRUE.equals(modes.readOnly()) && !"serializable".equals(modes.isolation());
        r.found().effect(new SessionEffect.Begin(readOnly));
    }

    private static void rollback(Reading r, Keyword verb) {
        if (verb == Keyword.ROLLBACK && r.accept(PREPARED)) {
            prepared(r, "ROLLBACK PREPARED", "throws away what another session prepared");
            return;
        }
        int start = r.position();
        work(r);
        if (verb == Keyword.ROLLBACK && r.accept(TO)) {
            r.accept(SAVEPOINT);
            savepoint(r, "ROLLBACK", true);
        } else {
            r.position(start);
            end(r, "ROLLBACK", false);
        }
    }

    private static void end(Reading r, String command, boolean commit) {
        work(r);
        if (r.accept(AND)) {
            r.accept(NO);
            r.expect(CHAIN);
        }
        r.expectEnd();
        r.found().command(command);
        r.found().raise(StatementClass.SESSION, "ends the transaction");
        r.found().effect(new SessionEffect.End(commit));
    }

    private static void savepoint(Reading r, String command, boolean rollback) {
        r.name();
        r.expectEnd();
        r.found().command(command);
        r.found().raise(StatementClass.SESSION, "divides the transaction");
        r.found().effect(new SessionEffect.Savepoint(rollback));
    }

    private static void prepared(Reading r, String command, String why) {
        if (!TokenKind.isString(r.kind())) {
            throw r.unexpected();
        }
        r.next();
        r.expectEnd();
        r.found().command(command);
        r.found().raise(StatementClass.DESTRUCTIVE, why);
    }

    private static void work(Reading r) {
        if (!r.accept(WORK)) {
            r.accept(TRANSACTION);
        }
    }
}
