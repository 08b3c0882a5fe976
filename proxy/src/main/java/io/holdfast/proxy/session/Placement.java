package io.holdfast.proxy.session;

import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.Set;

/** Which legs can serve statements outside a transaction, as far as their text tells. The order matters: a unit has the last one in it. */
public enum Placement {
    /** Only reads; a fresh follower will do. */
    FOLLOWER,
    /** Changes settings that mean the same everywhere: runs on one leg, and is repeated on the other before its next unit. */
    BOTH,
    /** Needs the primary, or may. */
    PRIMARY;

    /** READ by class, but about state that only the primary leg has. */
    private static final Set<String> PRIMARY_ONLY =
            Set.of("FETCH", "MOVE", "EXECUTE", "CLOSE CURSOR", "CLOSE CURSOR ALL");

    /** Of a statement that is run; {@code text} is what its offsets are of. */
    static Placement of(StatementFacts statement, byte[] text) {
        return RoleQuestion.isAsked(statement, text) ? PRIMARY : of(statement);
    }

    /** Of a statement that is only prepared. */
    static Placement of(StatementFacts statement) {
        if (PRIMARY_ONLY.contains(statement.command())) {
            return PRIMARY;
        }
        return switch (statement.effect()) {
            case SessionEffect.None _ -> statement.statementClass() == StatementClass.READ ? FOLLOWER : PRIMARY;
            case SessionEffect.Setting set -> !set.local() && SettingsJournal.mirrors(set) ? BOTH : PRIMARY;
            case SessionEffect.Begin(var readOnly) ->
                readOnly ? FOLLOWER : PRIMARY; // what follows stays where it began
            case SessionEffect.ResetAll _,
                    SessionEffect.Deallocate _,
                    SessionEffect.End _,
                    SessionEffect.Savepoint _,
                    SessionEffect.Prepare _,
                    SessionEffect.Execute _,
                    SessionEffect.Pins _,
                    SessionEffect.Unpins _ -> PRIMARY;
        };
    }

    /** Whether a follower's leg can serve it. */
    boolean isMovable() {
        return switch (this) {
            case FOLLOWER, BOTH -> true;
            case PRIMARY -> false;
        };
    }

    /** Of both together. */
    Placement and(Placement other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
