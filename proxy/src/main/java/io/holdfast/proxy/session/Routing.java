package io.holdfast.proxy.session;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.policy.Destination;
import io.holdfast.proxy.statement.StatementFacts;
import org.jspecify.annotations.Nullable;

/** Which leg serves a unit; a pure function of what is known. */
final class Routing {
    private Routing() {}

    /**
     * What is known when a unit is routed.
     *
     * @param inTransaction the last ReadyForQuery said so, or an implicit transaction is open
     * @param repliesDue on the active leg
     * @param active the leg that works or worked last; null before the first unit
     * @param pinned why the session reads from the primary; null: it need not
     * @param follower that is fresh enough for this session; null: none
     * @param shortly that one will be is worth waiting for
     * @param primary known now; null: none
     * @param destination by a rule; null: none speaks of the unit
     * @param mayFallBack reads may go to the primary while no follower is fresh
     */
    record Situation(
            boolean inTransaction,
            boolean repliesDue,
            @Nullable LegRole active,
            @Nullable String pinned,
            @Nullable HostPort follower,
            boolean shortly,
            @Nullable HostPort primary,
            @Nullable Destination destination,
            boolean mayFallBack) {}

    static Route route(Unit unit, Situation now) {
        if (now.inTransaction) {
            return toPrimary(now, "in a transaction");
        }
        Destination rule = now.destination;
        if (rule != null) {
            return rule.isFollower() ? toFollower(now, rule) : toPrimary(now, "rule \"" + rule.rule() + '"');
        }
        boolean movable = now.pinned == null && unit.complete() && readsOnly(unit);
        if (!movable) {
            return toPrimary(now, now.pinned != null ? now.pinned : "not only reads");
        }
        if (now.follower == null) {
            return now.shortly ? new Route.Shortly() : detour(now);
        }
        if (now.repliesDue && now.active != LegRole.FOLLOWER) {
            return new Route.AfterReplies();
        }
        return new Route.Follower(now.follower, "reads only");
    }

    private static Route toFollower(Situation now, Destination rule) {
        if (now.follower == null) {
            return now.shortly ? new Route.Shortly() : new Route.Nowhere("fresh follower");
        }
        return now.repliesDue && now.active != LegRole.FOLLOWER
                ? new Route.AfterReplies()
                : new Route.Follower(now.follower, "rule \"" + rule.rule() + '"');
    }

    private static Route detour(Situation now) {
        if (!now.mayFallBack) {
            return new Route.Nowhere("fresh follower");
        }
        Route route = toPrimary(now, "");
        return route instanceof Route.Primary ? new Route.Detour() : route;
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
            if (!Placement.of(unit.executed().get(i), unit.texts().get(i)).isMovable()) {
                return false;
            }
        }
        for (StatementFacts statement : unit.parsed()) {
            if (!Placement.of(statement).isMovable()) {
                return false;
            }
        }
        return true;
    }
}
