package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.StatementClass.ADMIN;
import static io.holdfast.proxy.statement.StatementClass.DESTRUCTIVE;
import static io.holdfast.proxy.statement.StatementClass.SCHEMA;

/**
 * The actions of ALTER TABLE, which the other relations share; an action that is not known is destructive.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altertable.html">ALTER TABLE</a>
 */
final class AlterTableReader {
    private AlterTableReader() {}

    /** From the first action to the end. */
    static void actions(Reading r, String object) {
        if (r.accept(Keyword.ALL)) { // ALL IN TABLESPACE: moves them
            r.found().raise(ADMIN, "moves everything in a tablespace");
            return;
        }
        int action = r.position();
        while (action < r.end()) {
            int end = nextAction(r, action);
            r.position(action);
            action(r, object, end);
            action = end + 1;
        }
    }

    /** Index of the comma behind the action, or the end. */
    private static int nextAction(Reading r, int from) {
        int open = 0;
        for (int i = from; i < r.end(); i++) {
            switch (r.tokens().kind(i)) {
                case '(', '[' -> open++;
                case ')', ']' -> open--;
                case ',' -> {
                    if (open == 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return r.end();
    }

    private static void action(Reading r, String object, int end) {
        Keyword verb = r.keyword();
        r.next();
        switch (verb) {
            case ADD -> {
                raise(r, SCHEMA, "adds to" + object);
                DefinitionCalls.added(r, r.position(), end);
            }
            case DROP ->
                raise(
                        r,
                        DESTRUCTIVE,
                        (r.is(Keyword.CONSTRAINT) ? "drops a constraint of" : "drops a column of") + object);
            case ALTER -> alterColumn(r, object);
            case VALIDATE, ATTACH, INHERIT, OF -> raise(r, SCHEMA, "changes" + object);
            case DETACH -> raise(r, DESTRUCTIVE, "takes a partition out of" + object);
            case RENAME -> // queries do not name indexes
                raise(
                        r,
                        r.found().command().equals("ALTER INDEX") ? SCHEMA : DESTRUCTIVE,
                        "renames" + object + " or a part of it");
            case ENABLE, FORCE -> enable(r, object, verb);
            case DISABLE -> raise(r, DESTRUCTIVE, "switches off triggers, rules or row security of" + object);
            case NO, NOT -> raise(r, DESTRUCTIVE, "loosens" + object);
            case OWNER -> raise(r, ADMIN, "changes the owner of" + object);
            case REPLICA -> raise(r, ADMIN, "changes how" + object + " is replicated");
            case CLUSTER -> raise(r, ADMIN, "changes the clustering of" + object);
            case SET -> set(r, object);
            case RESET, OPTIONS -> options(r, object, verb);
            case DEPENDS -> raise(r, SCHEMA, "ties" + object + " to an extension");
            default -> raise(r, DESTRUCTIVE, "does something unknown to" + object);
        }
    }

    private static void enable(Reading r, String object, Keyword verb) {
        if (r.is(Keyword.ROW)) {
            raise(r, ADMIN, "switches on row security of" + object);
        } else if (verb == Keyword.FORCE) {
            raise(r, DESTRUCTIVE, "does something unknown to" + object);
        } else {
            raise(r, DESTRUCTIVE, "changes which triggers or rules of" + object + " run");
        }
    }

    private static void set(Reading r, String object) {
        switch (r.keyword()) {
            case SCHEMA -> raise(r, DESTRUCTIVE, "moves" + object + " to another schema");
            case UNLOGGED -> raise(r, DESTRUCTIVE, "makes" + object + " unlogged: empty after a crash");
            case LOGGED, STATISTICS -> raise(r, SCHEMA, "changes" + object);
            case WITHOUT -> raise(r, r.keyword(1) == Keyword.CLUSTER ? ADMIN : SCHEMA, "changes" + object);
            case TABLESPACE, ACCESS -> raise(r, ADMIN, "moves" + object);
            default -> raise(r, r.is('(') ? SCHEMA : DESTRUCTIVE, "changes the options of" + object);
        }
    }

    /** Options of a foreign table say which remote table it is. */
    private static void options(Reading r, String object, Keyword verb) {
        raise(r, verb == Keyword.RESET ? SCHEMA : DESTRUCTIVE, "changes the options of" + object);
    }

    private static void alterColumn(Reading r, String object) {
        if (r.accept(Keyword.CONSTRAINT)) {
            raise(r, SCHEMA, "changes a constraint of" + object);
            return;
        }
        r.accept(Keyword.COLUMN);
        if (r.kind() == TokenKind.INTEGER) { // a column of an index by its number
            r.next();
        } else {
            r.name();
        }
        Keyword verb = r.keyword();
        r.next();
        switch (verb) {
            case TYPE -> raise(r, DESTRUCTIVE, "rewrites a column of" + object);
            case DROP -> dropOfColumn(r, object);
            case RESTART -> raise(r, DESTRUCTIVE, "changes the numbering of" + object);
            case ADD, RESET -> raise(r, SCHEMA, "changes a column of" + object);
            case OPTIONS -> raise(r, DESTRUCTIVE, "changes the options of a column of" + object);
            case SET -> setColumn(r, object);
            default -> raise(r, DESTRUCTIVE, "does something unknown to a column of" + object);
        }
    }

    /** No value is lost, except that a generated column is generated no longer. */
    private static void dropOfColumn(Reading r, String object) {
        boolean harmless = r.is(Keyword.DEFAULT) || r.is(Keyword.NOT) || r.is(Keyword.IDENTITY);
        raise(r, harmless ? SCHEMA : DESTRUCTIVE, "loosens a column of" + object);
    }

    private static void setColumn(Reading r, String object) {
        switch (r.keyword()) {
            case DATA -> raise(r, DESTRUCTIVE, "rewrites a column of" + object);
            case EXPRESSION -> raise(r, DESTRUCTIVE, "rewrites a generated column of" + object);
            case DEFAULT, NOT, STATISTICS, STORAGE, COMPRESSION -> raise(r, SCHEMA, "changes a column of" + object);
            case NO_KEYWORD -> raise(r, r.is('(') ? SCHEMA : DESTRUCTIVE, "changes a column of" + object);
            // SET GENERATED, SET INCREMENT, SET START, ... and their RESTART: the next numbers are others.
            default -> raise(r, DESTRUCTIVE, "changes the numbering of" + object);
        }
    }

    private static void raise(Reading r, StatementClass to, String why) {
        r.found().raise(to, why);
    }
}
