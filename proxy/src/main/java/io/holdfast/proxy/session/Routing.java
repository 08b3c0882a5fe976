package io.holdfast.proxy.session;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.statement.SessionEffect;
import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which leg serves a unit; a pure function of what is known. */
final class Routing {
    /** READ by class, but about state that only the primary leg has. */
    private static final Set<String> PRIMARY_ONLY =
            Set.of("FETCH", "MOVE", "EXECUTE", "CLOSE CURSOR", "CLOSE CURSOR ALL");

    private Routing() {}

    /**
     * What is known when a unit is routed.
     *
     * @param inTransaction the last ReadyForQuery said so, or an implicit transaction is open
     * @param repliesDue on the active leg
     * @param active the leg that works or worked last; null before the first unit
     * @param pinned why the session reads from the primary; null: it need not
     * @param follower that is fresh enough for this session; null: none
     * @param primary known now; null: none
     * @param mayFallBack reads may go to the primary while no follower is fresh
     */
    record Situation(
            boolean inTransaction,
            boolean repliesDue,
            @Nullable LegRole active,
            @Nullable String pinned,
            @Nullable HostPort follower,
            @Nullable HostPort primary,
            boolean mayFallBack) {}

    static Route route(Unit unit, Situation now) {
        if (now.inTransaction) {
            return toPrimary(now, "in a transaction");
        }
        boolean movable = now.pinned == null && unit.complete() && readsOnly(unit);
        if (!movable) {
            return toPrimary(now, now.pinned != null ? now.pinned : "not only reads");
        }
        if (now.follower == null) {
            return now.mayFallBack
                    ? toPrimary(now, "no follower is fresh enough")
                    : new Route.Nowhere("fresh follower");
        }
        if (now.repliesDue && now.active != LegRole.FOLLOWER) {
            return new Route.AfterReplies();
        }
        return new Route.Follower(now.follower, "reads only");
    }

    private static Route toPrimary(Situation now, String why) {
        if (now.primary == null) {
            return new Route.Nowhere("primary");
        }
        if (now.repliesDue && now.active == LegRole.FOLLOWER) {
            return new Route.AfterReplies();
        }
        return new Route.Primary(why);
    }

    /** Whether nothing in it needs the primary, be it run now or only prepared. */
    private static boolean readsOnly(Unit unit) {
        for (UnitMessage message : unit.messages()) {
            if (message instanceof UnitMessage.FunctionCall
                    || (message instanceof UnitMessage.Bind bind && bind.statement() == null)) {
                return false;
            }
        }
        for (int i = 0; i < unit.executed().size(); i++) {
            if (RoleQuestion.isAsked(unit.executed().get(i), unit.texts().get(i))) {
                return false;
            }
        }
        return unit.executed().stream().allMatch(Routing::onEitherLeg)
                && unit.parsed().stream().allMatch(Routing::onEitherLeg);
    }

    private static boolean onEitherLeg(StatementFacts statement) {
        if (PRIMARY_ONLY.contains(statement.command())) {
            return false;
        }
        return switch (statement.effect()) {
            case SessionEffect.None _ -> statement.statementClass() == StatementClass.READ;
            case SessionEffect.Setting set -> !set.local() && SettingsJournal.mirrors(set.name());
            case SessionEffect.Begin(var readOnly) -> readOnly; // what follows stays where it began
            case SessionEffect.ResetAll _,
                    SessionEffect.Deallocate _,
                    SessionEffect.End _,
                    SessionEffect.Savepoint _,
                    SessionEffect.Prepare _,
                    SessionEffect.Execute _,
                    SessionEffect.Pins _ -> false;
        };
    }

    /** Whether any of the statements begins or ends a transaction block, so that what follows cannot be routed yet. */
    static boolean controlsTransaction(List<StatementFacts> statements) {
        return statements.stream()
                .map(StatementFacts::effect)
                .anyMatch(effect -> effect instanceof SessionEffect.Begin || effect instanceof SessionEffect.End);
    }
}
