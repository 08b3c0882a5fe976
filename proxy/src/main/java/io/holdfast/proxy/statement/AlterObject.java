package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.StatementClass.ADMIN;
import static io.holdfast.proxy.statement.StatementClass.CODE;
import static io.holdfast.proxy.statement.StatementClass.DESTRUCTIVE;

/** ALTER of the other objects whose actions differ in class. */
final class AlterObject {
    private AlterObject() {}

    static void type(Reading r, String object) {
        if (!renameOrOwner(r, object) && contains(r, Keyword.DROP)) {
            r.found().raise(DESTRUCTIVE, "drops an attribute of" + object);
        } else if (contains(r, Keyword.ALTER)) {
            r.found().raise(DESTRUCTIVE, "changes an attribute of" + object);
        } else if (r.is(Keyword.SET)) { // SET (RECEIVE = ...): code
            r.found().raise(CODE, "changes the functions of" + object);
        }
    }

    static void domain(Reading r, String object) {
        if (renameOrOwner(r, object)) {
            return;
        }
        if (r.is(Keyword.DROP)) {
            r.found().raise(DESTRUCTIVE, "loosens" + object);
        } else if (r.is(Keyword.ADD)) {
            DefinitionCalls.added(r, r.position(), r.end());
        }
    }

    /** Whatever changes the numbers that come next may make duplicates. */
    static void sequence(Reading r, String object) {
        if (renameOrOwner(r, object)) {
            return;
        }
        while (!r.isEnd()) {
            switch (r.keyword()) {
                case OWNED -> {
                    r.next(); // BY name
                    r.next();
                    if (!r.isEnd()) {
                        r.next();
                    }
                }
                case SET -> {
                    r.found()
                            .raise(
                                    r.keyword(1) == Keyword.LOGGED ? StatementClass.SCHEMA : DESTRUCTIVE,
                                    "changes" + object);
                    r.next();
                }
                case RESTART, MINVALUE, MAXVALUE, CYCLE, NO, INCREMENT, START, AS ->
                    r.found().raise(DESTRUCTIVE, "changes the numbers that come out of" + object);
                default -> {}
            }
            r.next();
        }
    }

    static void textSearch(Reading r, String object) {
        if (r.is(Keyword.OWNER)) {
            owner(r, object);
        } else if (r.is(Keyword.DROP)) {
            r.found().raise(DESTRUCTIVE, "drops a mapping of" + object);
        }
    }

    static void eventTrigger(Reading r, String object) {
        if (r.is(Keyword.OWNER)) {
            owner(r, object);
        } else if (r.is(Keyword.DISABLE)) {
            r.found().raise(DESTRUCTIVE, "switches off event trigger" + object);
        }
    }

    private static boolean renameOrOwner(Reading r, String object) {
        if (r.is(Keyword.RENAME) || (r.is(Keyword.SET) && r.keyword(1) == Keyword.SCHEMA)) {
            r.found().raise(DESTRUCTIVE, "renames" + object + " or a part of it");
            return true;
        } else if (r.is(Keyword.OWNER)) {
            owner(r, object);
            return true;
        }
        return false;
    }

    private static void owner(Reading r, String object) {
        r.found().raise(ADMIN, "changes the owner of" + object);
    }

    /** Whether an action, all of which stand behind commas, starts with {@code verb}. */
    private static boolean contains(Reading r, Keyword verb) {
        int open = 0;
        for (int i = r.position(); i < r.end(); i++) {
            int kind = r.tokens().kind(i);
            open += kind == '(' ? 1 : kind == ')' ? -1 : 0;
            boolean starts = i == r.position() || (open == 0 && r.tokens().kind(i - 1) == ',');
            if (starts && r.tokens().is(i, verb)) {
                return true;
            }
        }
        return false;
    }
}
