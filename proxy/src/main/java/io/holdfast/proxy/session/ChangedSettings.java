package io.holdfast.proxy.session;

import io.holdfast.protocol.message.TransactionStatus;
import io.holdfast.protocol.startup.StartupOptions;
import io.holdfast.proxy.approval.Fingerprint;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.SessionEffect.Kind;
import io.holdfast.proxy.statement.StatementFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a session has changed of the state that decides what its statements mean, and that servers do not report: the role, the search
 * path, row security, an application's own settings that policies look at, temporary tables. People are shown it, and a grant is good in
 * no other state (BYPASS A-02). What is not known for sure is unlike anything else, so that it fits no grant.
 */
final class ChangedSettings {
    /** Under which it is shown what is no setting, or not known. */
    static final String SESSION = "session";

    private static final String TEMPORARY = "has temporary objects";
    private static final String TOO_MANY = "has changed too many settings";
    private static final int MOST = 100;
    private static final int LONGEST = 256;

    private final String session;
    private final Map<String, String> atLogin;
    private final Map<String, String> changed = new TreeMap<>();

    /** Those of the open transaction, in order. */
    private final List<SessionEffect.Setting> open = new ArrayList<>();

    private boolean temporary;

    /** Why the state is not known; null: it is. */
    private @Nullable String doubt;

    /** How often it was not known. */
    private int doubts;

    private ChangedSettings(String session, Map<String, String> atLogin) {
        this.session = session;
        this.atLogin = atLogin;
    }

    /** Of a session that has just begun: whatever it has said in its first packet is as if it had been set. */
    static ChangedSettings atLogin(Identity identity) {
        Map<String, String> atLogin = new TreeMap<>();
        for (StartupOptions.Setting option :
                StartupOptions.parse(identity.parameters().getOrDefault("options", ""))) {
            add(atLogin, option.name(), option.value());
        }
        identity.parameters().forEach((name, value) -> {
            if (!name.equals("options")) {
                add(atLogin, name.toLowerCase(Locale.ROOT), value);
            }
        });
        return new ChangedSettings(identity.session(), atLogin);
    }

    private static void add(Map<String, String> settings, String name, String value) {
        if (matters(name)) {
            settings.put(name, shown(value));
        }
    }

    /** Whether a statement can mean something else after a change of this setting; what nobody knows can. */
    private static boolean matters(String name) {
        return name.equals("search_path")
                || !(SettingsJournal.isMirrored(name)
                        || name.startsWith("transaction_")
                        || name.startsWith("default_transaction_"));
    }

    /**
     * Takes over what the statements of a run did, in their order.
     *
     * @param failed whether one of them has, nobody knows which
     * @param status behind it
     * @param failedBefore its transaction had failed before it: COMMIT rolled it back
     */
    void settle(List<StatementFacts> statements, boolean failed, TransactionStatus status, boolean failedBefore) {
        if (failed) {
            if (statements.stream().anyMatch(ChangedSettings::endsTransaction)
                    && statements.stream().anyMatch(ChangedSettings::changes)) {
                doubt("may have changed settings in a batch that failed");
            }
        } else {
            for (int i = 0; i < statements.size(); i++) { // of every run: without an iterator
                settle(statements.get(i).effect(), failedBefore);
            }
        }
        if (status == TransactionStatus.IDLE) {
            ends(!failed);
        }
    }

    private void settle(SessionEffect effect, boolean failedBefore) {
        switch (effect) {
            case SessionEffect.Setting setting -> set(setting);
            case SessionEffect.ResetAll(var discardAll) -> reset(discardAll);
            case SessionEffect.End(var commit) -> ends(commit && !failedBefore);
            case SessionEffect.Savepoint(var rollback) -> {
                if (rollback) {
                    returns();
                }
            }
            case SessionEffect.Pins(var kind, var _, var reason) -> {
                switch (kind) {
                    case TEMPORARY -> temporary = true;
                    case SETTING, OTHER -> doubt(reason);
                    case CALL, CURSOR, LISTEN -> {}
                }
            }
            case SessionEffect.Unpins(var kind, var _) -> {
                if (kind == Kind.TEMPORARY) {
                    temporary = false;
                }
            }
            case SessionEffect.None _,
                    SessionEffect.Begin _,
                    SessionEffect.Prepare _,
                    SessionEffect.Execute _,
                    SessionEffect.Deallocate _ -> {}
        }
    }

    private static boolean endsTransaction(StatementFacts statement) {
        return statement.effect() instanceof SessionEffect.End;
    }

    private static boolean changes(StatementFacts statement) {
        return switch (statement.effect()) {
            case SessionEffect.Setting _, SessionEffect.ResetAll _, SessionEffect.Pins _, SessionEffect.Unpins _ ->
                true;
            case SessionEffect.None _,
                    SessionEffect.Begin _,
                    SessionEffect.End _,
                    SessionEffect.Savepoint _,
                    SessionEffect.Prepare _,
                    SessionEffect.Execute _,
                    SessionEffect.Deallocate _ -> false;
        };
    }

    /** Has been set, be it for the transaction only. */
    private void set(SessionEffect.Setting setting) {
        if (!matters(setting.name())) {
            return;
        }
        if (open.size() >= MOST) {
            doubt(TOO_MANY);
        } else {
            open.add(setting);
        }
    }

    /** The transaction has ended; outside of one, the statement has. */
    void ends(boolean committed) {
        if (committed && !open.isEmpty()) {
            open.stream().filter(setting -> !setting.local()).forEach(setting -> put(changed, setting));
        }
        open.clear();
        if (changed.size() > MOST) {
            doubt(TOO_MANY);
            changed.clear();
        }
    }

    /** Back to a savepoint: what was set behind it is not. */
    private void returns() {
        if (!open.isEmpty()) {
            doubt("has returned to a savepoint behind which it may have changed settings");
        }
    }

    /** RESET ALL, which leaves the role; DISCARD ALL, which leaves nothing. */
    private void reset(boolean discardAll) {
        open.clear();
        if (discardAll) {
            changed.clear();
            temporary = false;
            doubt = null;
        } else {
            changed.keySet().removeIf(name -> !name.equals("role") && !name.equals("session_authorization"));
        }
    }

    /** It may have changed in a way that the text does not tell; until DISCARD ALL. */
    private void doubt(String why) {
        doubt = why;
        doubts++;
    }

    /** Whether more may have changed than {@link #now} says. */
    boolean isInDoubt() {
        return doubt != null;
    }

    /** By name, as it is now; empty if nothing was changed. */
    Map<String, String> now() {
        Map<String, String> now = new TreeMap<>(changed);
        open.forEach(setting -> put(now, setting));
        atLogin.forEach(now::putIfAbsent);
        if (doubt != null) {
            now.put(SESSION, doubt + " (" + session + ", " + doubts + ')');
        } else if (temporary) {
            now.put(SESSION, TEMPORARY);
        }
        return now;
    }

    private static void put(Map<String, String> settings, SessionEffect.Setting setting) {
        String value = setting.value();
        if (value == null) {
            settings.remove(setting.name()); // as at login
        } else {
            settings.put(setting.name(), shown(value));
        }
    }

    private static String shown(String value) {
        return value.length() <= LONGEST
                ? value
                : value.substring(0, LONGEST) + "... (" + value.length() + " characters, SHA-256 "
                        + Fingerprint.of(List.of(value.getBytes(StandardCharsets.UTF_8))) + ')';
    }
}
