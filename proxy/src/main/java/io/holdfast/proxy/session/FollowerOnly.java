package io.holdfast.proxy.session;

import io.holdfast.proxy.error.ErrorReport;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.policy.Destination;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a rule with {@code route: follower} lets run. Such a unit never goes to the primary, so nothing may write, and nothing may
 * leave behind what could not follow the session to another follower.
 */
final class FollowerOnly {
    private FollowerOnly() {}

    /** Why a follower cannot serve the unit, one lower-case line; null: it can. */
    static @Nullable String objection(Unit unit) {
        if (unit.statementClass().compareTo(StatementClass.WRITE) >= 0) {
            return "it may write: " + reason(unit);
        }
        for (UnitMessage message : unit.messages()) {
            if (message instanceof UnitMessage.FunctionCall) {
                return "a function is called by its number";
            }
        }
        for (StatementFacts statement : unit.executed()) {
            if (leavesSomethingBehind(statement)) {
                return "it leaves something in the session that another follower would not have: "
                        + statement.command();
            }
        }
        return null;
    }

    /** The error for a unit that only the primary could serve. */
    static ErrorReport refusal(Destination destination, String why) {
        return ProxyError.REFUSED_BY_RULE
                .report(destination.rule())
                .withDetail("The rule lets this run on followers only, and " + why + '.')
                .withHint("Nothing of it was executed; a login to which the rule does not apply may use the primary.");
    }

    private static String reason(Unit unit) {
        return unit.executed().stream()
                .filter(statement -> statement.statementClass() == unit.statementClass())
                .map(statement -> statement.command() + " " + statement.reason())
                .findFirst()
                .orElse(unit.statementClass().toString());
    }

    private static boolean leavesSomethingBehind(StatementFacts statement) {
        return switch (statement.effect()) {
            case SessionEffect.Prepare _, SessionEffect.Execute _, SessionEffect.Pins _ -> true;
            case SessionEffect.Setting set -> !set.local() && !SettingsJournal.mirrors(set);
            case SessionEffect.None _,
                    SessionEffect.Begin _,
                    SessionEffect.End _,
                    SessionEffect.Savepoint _,
                    SessionEffect.ResetAll _,
                    SessionEffect.Deallocate _,
                    SessionEffect.Unpins _ -> false;
        };
    }
}
