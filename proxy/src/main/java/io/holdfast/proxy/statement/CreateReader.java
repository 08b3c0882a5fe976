package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.AS;
import static io.holdfast.proxy.statement.Keyword.CREATE;
import static io.holdfast.proxy.statement.Keyword.DATA;
import static io.holdfast.proxy.statement.Keyword.EXECUTE;
import static io.holdfast.proxy.statement.Keyword.GRANT;
import static io.holdfast.proxy.statement.Keyword.NO;
import static io.holdfast.proxy.statement.Keyword.OR;
import static io.holdfast.proxy.statement.Keyword.REPLACE;
import static io.holdfast.proxy.statement.Keyword.WITH;

/** CREATE: what is made, whether a query runs to make it, and what a schema brings along. */
final class CreateReader {
    private CreateReader() {}

    static void create(Reading r) {
        r.expect(CREATE);
        boolean replace = r.accept(OR, REPLACE);
        boolean temporary = acceptPersistence(r);
        skipAdjectives(r);
        CommandTable.Row row = CommandTable.find(r, CREATE);
        Findings found = r.found();
        int name = r.position();
        switch (row.command()) {
            case "CREATE TABLE", "CREATE MATERIALIZED VIEW" -> {
                boolean query = tableAs(r);
                found.command(query && row.command().equals("CREATE TABLE") ? "CREATE TABLE AS" : row.command());
            }
            case "CREATE VIEW" -> {
                found.command(row.command());
                if (replace) {
                    found.raise(StatementClass.CODE, "replaces a view, and with it what reading it does");
                }
                view(r);
            }
            case "CREATE SCHEMA" -> schemaElements(r, name);
            case "CREATE INDEX" -> DefinitionCalls.index(r);
            case "CREATE DOMAIN" -> DefinitionCalls.added(r, name, r.end());
            default -> {}
        }
        r.position(name);
        CommandTable.read(r, row);
        if (temporary) {
            found.effect(new SessionEffect.Pins(SessionEffect.Kind.TEMPORARY, "", "has made a temporary object"));
        }
    }

    /** TEMPORARY, LOCAL TEMP, UNLOGGED and so on; whether it is temporary. */
    static boolean acceptPersistence(Reading r) {
        if (r.is(Keyword.LOCAL) || r.is(Keyword.GLOBAL)) {
            r.next();
        }
        boolean temporary = r.accept(Keyword.TEMPORARY) || r.accept(Keyword.TEMP);
        r.accept(Keyword.UNLOGGED);
        return temporary;
    }

    /** Words that do not change what kind of object is made. */
    private static void skipAdjectives(Reading r) {
        while (true) {
            switch (r.keyword()) {
                case UNIQUE, RECURSIVE, TRUSTED, PROCEDURAL, CONSTRAINT, DEFAULT -> r.next();
                default -> {
                    return;
                }
            }
        }
    }

    /** Reads the query of CREATE TABLE AS, which runs now; false if there is none. */
    private static boolean tableAs(Reading r) {
        int as = TokenSpan.find(r.tokens(), AS, r.position(), r.end());
        if (as < 0) {
            return false;
        }
        r.position(as + 1);
        Reading inner = r.inner(as + 1, r.end());
        if (inner.is(EXECUTE)) {
            PreparedReader.execute(inner);
        } else {
            QueryReader.query(inner);
        }
        if (inner.accept(WITH)) {
            inner.accept(NO);
            inner.expect(DATA);
        }
        inner.expectEnd();
        r.found().absorb(inner.found());
        return true;
    }

    /** The query of a view runs when the view is read; only its names count now. */
    private static void view(Reading r) {
        int as = TokenSpan.find(r.tokens(), AS, r.position(), r.end());
        if (as < 0) {
            throw new Unreadable("has a view without a query");
        }
        Reading inner = r.inner(as + 1, r.end());
        QueryReader.query(inner);
        r.found().absorbNames(inner.found());
    }

    /** CREATE SCHEMA may hold CREATE and GRANT statements without semicolons between; both words are reserved. */
    private static void schemaElements(Reading r, int from) {
        int element = -1;
        for (int i = from; i <= r.end(); i++) {
            if (i == r.end() || isElement(r.tokens(), i)) {
                if (element >= 0) {
                    Reading inner = r.inner(element, i);
                    CommandReader.statement(inner);
                    r.found().absorb(inner.found());
                }
                element = i;
            }
        }
        r.found().command("CREATE SCHEMA");
    }

    private static boolean isElement(TokenBuffer tokens, int i) {
        boolean label = tokens.kind(i - 1) == '.' || tokens.is(i - 1, AS);
        return (tokens.is(i, CREATE) || tokens.is(i, GRANT)) && !label;
    }
}
