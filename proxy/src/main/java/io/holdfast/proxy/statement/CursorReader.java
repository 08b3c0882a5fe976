package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.ALL;
import static io.holdfast.proxy.statement.Keyword.CURSOR;
import static io.holdfast.proxy.statement.Keyword.FOR;
import static io.holdfast.proxy.statement.Keyword.HOLD;
import static io.holdfast.proxy.statement.Keyword.WITH;

/** DECLARE, FETCH, MOVE, CLOSE. @see <a href="https://www.postgresql.org/docs/current/sql-declare.html">DECLARE</a> */
final class CursorReader {
    private CursorReader() {}

    static void declare(Reading r) {
        r.expect(Keyword.DECLARE);
        String name = r.name();
        r.found().command("DECLARE CURSOR");
        while (!r.accept(CURSOR)) { // BINARY, INSENSITIVE, ASENSITIVE, NO SCROLL
            if (r.isEnd()) {
                throw r.unexpected();
            }
            r.next();
        }
        if (r.accept(WITH, HOLD)) {
            r.found().effect(new SessionEffect.Pins(SessionEffect.Kind.CURSOR, name, "holds cursor " + name + " open"));
        } else {
            r.accept(Keyword.WITHOUT, HOLD);
        }
        r.expect(FOR);
        QueryReader.query(r);
        r.expectEnd();
    }

    /** Runs a portal; only the session knows which statement that is. */
    static void fetch(Reading r) {
        r.found().command(r.is(Keyword.MOVE) ? "MOVE" : "FETCH");
        r.next();
        if (r.isEnd()) {
            throw r.unexpected();
        }
    }

    static void close(Reading r) {
        r.expect(Keyword.CLOSE);
        boolean all = r.accept(ALL);
        String name = all ? null : r.name();
        r.expectEnd();
        r.found().effect(new SessionEffect.Unpins(SessionEffect.Kind.CURSOR, name));
        r.found().command(all ? "CLOSE CURSOR ALL" : "CLOSE CURSOR");
        r.found().raise(StatementClass.SESSION, "closes cursors");
    }
}
