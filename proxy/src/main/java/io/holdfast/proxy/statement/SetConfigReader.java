package io.holdfast.proxy.statement;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code SELECT set_config('name', 'value', false)} and nothing else in it: a SET in other words. */
final class SetConfigReader {
    private SetConfigReader() {}

    /**
     * Notes what the call does to the session; the reading stands at the parenthesis. What changes how later texts are read
     * must be seen before it runs: a statement sent right behind it comes before the server's report of the change.
     */
    static void call(Reading r) {
        String name = settingName(r);
        if (name == null) {
            r.found().raise(StatementClass.CODE, "sets a setting that this text does not name");
            r.found().effect(new SessionEffect.Pins("has called set_config with something else than constants"));
            return;
        }
        String value =
                TokenKind.isString(r.kind(3)) && r.kind(4) == ',' ? Names.string(r.tokens(), r.position() + 3) : null;
        r.found().raise(SettingClass.of(name, value == null ? "?" : value), "sets " + name);
        boolean local = isTrue(r, 5);
        boolean constant = value != null && (local || isFalse(r, 5)) && r.kind(6) == ')';
        boolean alone = constant && isAlone(r);
        if (!alone && SettingClass.changesReading(name)) {
            r.found().raise(StatementClass.ADMIN, "sets " + name + " in a query");
        }
        r.found()
                .effect(
                        alone
                                ? new SessionEffect.Setting(name, value, local)
                                : new SessionEffect.Pins("has set " + name + " in a query"));
    }

    /** Null: only the server will know. */
    private static @Nullable String settingName(Reading r) {
        boolean constant = TokenKind.isString(r.kind(1)) && r.kind(2) == ',';
        int name = constant ? r.position() + 1 : r.end() - 1;
        return constant || isOneRow(r) ? Names.string(r.tokens(), name).toLowerCase(Locale.ROOT) : null;
    }

    /** pg_dump's {@code SELECT set_config(name, '...', false) FROM pg_settings WHERE name = '...'}. */
    private static boolean isOneRow(Reading r) {
        TokenBuffer tokens = r.tokens();
        int end = r.end();
        return end - r.position() == 13
                && isName(r, r.position() + 1)
                && tokens.is(end - 6, Keyword.FROM)
                && Names.name(tokens, end - 5).equals("pg_settings")
                && tokens.is(end - 4, Keyword.WHERE)
                && isName(r, end - 3)
                && tokens.kind(end - 2) == '='
                && TokenKind.isString(tokens.kind(end - 1));
    }

    private static boolean isName(Reading r, int token) {
        return r.tokens().is(token, Keyword.NAME);
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
