package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.ALL;
import static io.holdfast.proxy.statement.Keyword.OWNER;
import static io.holdfast.proxy.statement.Keyword.RENAME;
import static io.holdfast.proxy.statement.Keyword.SCHEMA;
import static io.holdfast.proxy.statement.Keyword.SET;
import static io.holdfast.proxy.statement.Keyword.TO;

import java.util.List;

/** ALTER: the class is that of the worst action in it. */
final class AlterReader {
    private AlterReader() {}

    static void alter(Reading r) {
        r.expect(Keyword.ALTER);
        CommandTable.Row row = CommandTable.find(r, Keyword.ALTER);
        Findings found = r.found();
        found.command(row.command());
        List<RelationName> names = r.is(ALL) ? List.of() : ObjectNames.read(r, row.place());
        names.forEach(found::relation);
        String object = names.isEmpty() ? "" : ' ' + ObjectNames.describe(names);
        found.raise(row.statementClass(), CommandTable.describe(row, names));
        switch (row.command()) {
            case "ALTER TABLE", "ALTER FOREIGN TABLE", "ALTER INDEX", "ALTER VIEW", "ALTER MATERIALIZED VIEW" ->
                AlterTableReader.actions(r, object);
            case "ALTER TYPE" -> AlterObject.type(r, object);
            case "ALTER DOMAIN" -> AlterObject.domain(r, object);
            case "ALTER SEQUENCE" -> AlterObject.sequence(r, object);
            case "ALTER TEXT SEARCH CONFIGURATION" -> AlterObject.textSearch(r, object);
            case "ALTER EVENT TRIGGER" -> AlterObject.eventTrigger(r, object);
            default -> common(r, row.command(), object);
        }
    }

    /** What nearly every object can suffer: a new owner; another name, which breaks or swaps what uses it. */
    private static void common(Reading r, String command, String object) {
        for (; !r.isEnd(); r.next()) {
            if (r.is(OWNER) && r.keyword(1) == TO) {
                r.found().raise(StatementClass.ADMIN, "changes the owner of" + object);
            } else if (command.equals("ALTER AGGREGATE") && (r.is(RENAME) || (r.is(SET) && r.keyword(1) == SCHEMA))) {
                r.found().raise(StatementClass.CODE, "renames code:" + object);
            }
        }
    }
}
