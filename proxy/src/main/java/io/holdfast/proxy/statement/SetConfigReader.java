package io.holdfast.proxy.statement;

import java.util.Locale;

/** {@code SELECT set_config('name', 'value', false)} and nothing else in it: a SET in other words. */
final class SetConfigReader {
    private SetConfigReader() {}

    /** Notes what the call does to the session; the reading stands at the parenthesis. */
    static void call(Reading r) {
        boolean named = TokenKind.isString(r.kind(1)) && r.kind(2) == ',';
        if (!named) {
            r.found().raise(StatementClass.SESSION, "sets a setting that this text does not name");
            r.found().effect(new SessionEffect.Pins("has called set_config with something else than constants"));
            return;
        }
        String name = Names.string(r.tokens(), r.position() + 1).toLowerCase(Locale.ROOT);
        String value =
                TokenKind.isString(r.kind(3)) && r.kind(4) == ',' ? Names.string(r.tokens(), r.position() + 3) : null;
        r.found().raise(SettingClass.of(name, value == null ? "?" : value), "sets " + name);
        boolean local = isTrue(r, 5);
        boolean constant = value != null && (local || isFalse(r, 5)) && r.kind(6) == ')';
        r.found()
                .effect(
                        constant && isAlone(r)
                                ? new SessionEffect.Setting(name, value, local)
                                : new SessionEffect.Pins("has set " + name + " in a query"));
    }

    /** Behind the bare SELECT, and with no clause that could keep it from being called. */
    private static boolean isAlone(Reading r) {
        int before = r.position() - r.first();
        boolean plain = before == 2 || (before == 4 && r.kind(-2) == '.');
        int after = r.end() - r.position();
        boolean labelled = (after == 8 && r.isColumnName(7)) || (after == 9 && r.keyword(7) == Keyword.AS);
        return plain && r.tokens().is(r.first(), Keyword.SELECT) && (after == 7 || labelled);
    }

    private static boolean isTrue(Reading r, int ahead) {
        return r.keyword(ahead) == Keyword.TRUE || isString(r, ahead, "t", "true");
    }

    private static boolean isFalse(Reading r, int ahead) {
        return r.keyword(ahead) == Keyword.FALSE || isString(r, ahead, "f", "false");
    }

    private static boolean isString(Reading r, int ahead, String one, String other) {
        if (!TokenKind.isString(r.kind(ahead))) {
            return false;
        }
        String value = Names.string(r.tokens(), r.position() + ahead);
        return value.equals(one) || value.equals(other);
    }
}
