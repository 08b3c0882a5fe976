package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.ACCESS;
import static io.holdfast.proxy.statement.Keyword.DATA;
import static io.holdfast.proxy.statement.Keyword.MODE;
import static io.holdfast.proxy.statement.Keyword.NO;
import static io.holdfast.proxy.statement.Keyword.ON;
import static io.holdfast.proxy.statement.Keyword.ROW;
import static io.holdfast.proxy.statement.Keyword.SHARE;

import java.util.List;

/** Commands whose row in the table is not all there is to say. */
final class MaintenanceReader {
    private MaintenanceReader() {}

    /** Modes above ROW EXCLUSIVE stop others from writing, or from reading; none said is ACCESS EXCLUSIVE. */
    static void lock(Reading r) {
        r.expect(Keyword.LOCK);
        r.accept(Keyword.TABLE);
        List<RelationName> names = ObjectNames.list(r);
        names.forEach(r.found()::relation);
        r.found().command("LOCK TABLE");
        boolean weak = false;
        if (r.accept(Keyword.IN)) {
            weak = (r.accept(ACCESS, SHARE) || r.accept(ROW, SHARE) || r.accept(ROW, Keyword.EXCLUSIVE)) && r.is(MODE);
        }
        r.found()
                .raise(
                        weak ? StatementClass.WRITE : StatementClass.ADMIN,
                        (weak ? "locks " : "locks others out of ") + ObjectNames.describe(names));
    }

    /** WITH NO DATA empties the view. */
    static void refresh(Reading r) {
        CommandTable.read(r);
        if (r.accept(Keyword.WITH) && r.accept(NO)) {
            r.expect(DATA);
            r.found().raise(StatementClass.DESTRUCTIVE, "empties a materialized view");
        }
    }

    /** A grant of privileges names objects, a grant of roles does not. */
    static void grant(Reading r) {
        String verb = r.is(Keyword.GRANT) ? "GRANT" : "REVOKE";
        List<RelationName> names = ObjectNames.read(r, CommandTable.Place.ON_KIND);
        boolean onObject = TokenSpan.find(r.tokens(), ON, r.first(), r.end()) >= 0;
        names.forEach(r.found()::relation);
        r.found().command(onObject ? verb : verb + " ROLE");
        r.found().raise(StatementClass.ADMIN, "changes privileges");
    }

    static void listen(Reading r) {
        r.expect(Keyword.LISTEN);
        String channel = r.name();
        r.expectEnd();
        r.found().command("LISTEN");
        r.found().raise(StatementClass.SESSION, "listens on " + channel);
        r.found().effect(new SessionEffect.Pins(SessionEffect.Kind.LISTEN, channel, "listens on " + channel));
    }

    static void unlisten(Reading r) {
        r.expect(Keyword.UNLISTEN);
        String channel = r.accept('*') ? null : r.name();
        r.expectEnd();
        r.found().command("UNLISTEN");
        r.found().raise(StatementClass.SESSION, "stops listening");
        r.found().effect(new SessionEffect.Unpins(SessionEffect.Kind.LISTEN, channel));
    }
}
