package io.holdfast.proxy.statement;

import static io.holdfast.proxy.statement.Keyword.ALL;
import static io.holdfast.proxy.statement.Keyword.AS;
import static io.holdfast.proxy.statement.Keyword.AUTHORIZATION;
import static io.holdfast.proxy.statement.Keyword.CHARACTERISTICS;
import static io.holdfast.proxy.statement.Keyword.LOCAL;
import static io.holdfast.proxy.statement.Keyword.NAMES;
import static io.holdfast.proxy.statement.Keyword.ROLE;
import static io.holdfast.proxy.statement.Keyword.SCHEMA;
import static io.holdfast.proxy.statement.Keyword.SESSION;
import static io.holdfast.proxy.statement.Keyword.TIME;
import static io.holdfast.proxy.statement.Keyword.TRANSACTION;
import static io.holdfast.proxy.statement.Keyword.ZONE;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SET in its many spellings, RESET, DISCARD. @see <a href="https://www.postgresql.org/docs/current/sql-set.html">SET</a> */
final class SetReader {
    private SetReader() {}

    static void set(Reading r) {
        r.expect(Keyword.SET);
        if (r.accept(Keyword.CONSTRAINTS)) {
            r.found().command("SET CONSTRAINTS");
            session(r, "says when constraints are checked");
            return;
        }
        r.found().command("SET");
        if (r.accept(TRANSACTION)) {
            transactionModes(r, "transaction_", true);
            return;
        }
        if (r.is(SESSION) && r.keyword(1) == CHARACTERISTICS) {
            r.next();
            r.next();
            r.expect(AS);
            r.expect(TRANSACTION);
            transactionModes(r, "default_transaction_", false);
            return;
        }
        boolean local = false;
        if (!isSetting(r)) {
            local = r.accept(LOCAL);
            if (!local && r.keyword(1) != AUTHORIZATION) {
                r.accept(SESSION);
            }
        }
        String name = settingName(r);
        r.found().effect(setting(r, name, local));
    }

    static void reset(Reading r) {
        r.expect(Keyword.RESET);
        r.found().command("RESET");
        if (r.accept(ALL)) {
            r.found().effect(new SessionEffect.ResetAll(false));
            session(r, "resets all settings");
        } else if (r.accept(TRANSACTION)) { // ISOLATION LEVEL
            changed(r, "transaction_isolation", null, true);
        } else {
            changed(r, settingName(r), null, false);
            r.expectEnd();
        }
    }

    static void discard(Reading r) {
        r.expect(Keyword.DISCARD);
        String what = r.name(ALL).toUpperCase(Locale.ROOT);
        r.found().command("DISCARD " + (what.equals("TEMPORARY") ? "TEMP" : what));
        switch (what) {
            case "ALL" -> r.found().effect(new SessionEffect.ResetAll(true));
            case "TEMP", "TEMPORARY" -> r.found().effect(new SessionEffect.Unpins(SessionEffect.Kind.TEMPORARY, null));
            case "PLANS", "SEQUENCES" -> {}
            default -> throw new Unreadable("unknown command: DISCARD " + what);
        }
        session(r, "discards " + what.toLowerCase(Locale.ROOT));
        r.expectEnd();
    }

    /** {@code SET local = 1} and {@code SET session TO 1} name a setting. */
    private static boolean isSetting(Reading r) {
        return r.kind(1) == '=' || r.keyword(1) == Keyword.TO || r.kind(1) == '.';
    }

    /** Reads what is set, in whatever words, up to the value. */
    private static String settingName(Reading r) {
        if (r.accept(TIME, ZONE)) {
            return "timezone";
        } else if (r.accept(SESSION, AUTHORIZATION)) {
            return "session_authorization";
        } else if (!isSetting(r) && r.accept(ROLE)) {
            return "role";
        } else if (!isSetting(r) && r.accept(NAMES)) {
            return "client_encoding";
        } else if (!isSetting(r) && r.accept(SCHEMA)) {
            return "search_path";
        } else if (r.accept(Keyword.XML, Keyword.OPTION)) {
            return "xmloption";
        }
        StringBuilder name = new StringBuilder(r.name());
        while (r.accept('.')) {
            name.append('.').append(r.name());
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private static SessionEffect setting(Reading r, String name, boolean local) {
        if (!r.accept('=')) {
            r.accept(Keyword.TO);
        }
        if (r.accept(Keyword.FROM, Keyword.CURRENT)) {
            session(r, "sets " + name);
            return new SessionEffect.Pins("has set " + name + " from its current value");
        }
        String value = r.accept(Keyword.DEFAULT) ? null : SettingValue.read(r, name);
        r.expectEnd();
        r.found().raise(SettingClass.of(name, value), describe(name, value));
        return new SessionEffect.Setting(name, value, local);
    }

    private static void changed(Reading r, String name, @Nullable String value, boolean local) {
        r.found().effect(new SessionEffect.Setting(name, value, local));
        r.found().raise(SettingClass.of(name, value), describe(name, value));
    }

    /**
     * Of several modes the effect tells the one that routing hangs on: READ ONLY or READ WRITE before the isolation level,
     * before DEFERRABLE.
     */
    private static void transactionModes(Reading r, String prefix, boolean local) {
        if (local && r.accept(Keyword.SNAPSHOT)) {
            r.found().effect(new SessionEffect.Pins("has set a transaction snapshot"));
            session(r, "sets the transaction's snapshot");
            return;
        }
        TransactionModes modes = TransactionModes.read(r);
        r.expectEnd();
        if (modes.readOnly() != null) {
            changed(r, prefix + "read_only", modes.readOnly() ? "on" : "off", local);
        } else if (modes.isolation() != null) {
            changed(r, prefix + "isolation", modes.isolation(), local);
        } else if (modes.deferrable() != null) {
            changed(r, prefix + "deferrable", modes.deferrable() ? "on" : "off", local);
        } else {
            throw r.unexpected();
        }
    }

    private static String describe(String name, @Nullable String value) {
        return value == null ? "resets " + name : "sets " + name;
    }

    private static void session(Reading r, String why) {
        r.found().raise(StatementClass.SESSION, why);
    }
}
