package io.holdfast.proxy.session;

import io.holdfast.config.HostPort;
import io.holdfast.proxy.error.ProxyError;
import io.holdfast.proxy.upstream.UpstreamState;
import org.jspecify.annotations.Nullable;

/** Brings a unit that may run to the leg where it belongs, which is opened if need be; where no server takes it, it is refused. */
final class Router {
    private final UpstreamState upstream;
    private final Conversation conversation;
    private final Judge judge;
    private final Legs legs;
    private final LegChooser chooser;
    private final Tries tries;
    private final Forwarding forwarding;
    private final Refusals refusals;
    private final Progress progress;
    private final SessionHost host;

    Router(
            UpstreamState upstream,
            Conversation conversation,
            Judge judge,
            Legs legs,
            LegChooser chooser,
            Tries tries,
            Forwarding forwarding,
            Refusals refusals,
            Progress progress,
            SessionHost host) {
        this.upstream = upstream;
        this.conversation = conversation;
        this.judge = judge;
        this.legs = legs;
        this.chooser = chooser;
        this.tries = tries;
        this.forwarding = forwarding;
        this.refusals = refusals;
        this.progress = progress;
        this.host = host;
    }

    /**
     * Forwards the unit, refuses it, or has it wait.
     *
     * @param rule that lets it pass
     * @return as of {@link Forwarding#forward}
     */
    boolean route(Unit unit, String rule) {
        Leg active = conversation.active();
        if (active != null && (conversation.inTransaction() || conversation.ledger.copyIn())) {
            conversation.routes.inTransaction();
            return forwarding.forward(unit, active, rule);
        }
        return switch (chooser.route(unit, judge.destination(unit), tries, System.nanoTime())) {
            case Route.AfterReplies _ -> {
                progress.await();
                yield false;
            }
            case Route.Nowhere(var missing) ->
                progress.whenSettled() && (tries.blinks() ? lookAgain(Tries.BLINK_MILLIS) : noServer(unit, missing));
            case Route.Shortly _ -> progress.whenSettled() && tries.looks() && lookAgain(Tries.LOOK_MILLIS);
            case Route.Primary _, Route.Detour _ -> withLeg(unit, LegRole.PRIMARY, chooser.primary(), rule);
            case Route.Follower follower -> withLeg(unit, LegRole.FOLLOWER, follower.server(), rule);
        };
    }

    /** Goes on in a moment, when there may be news of the servers; always false. */
    private boolean lookAgain(int millis) {
        upstream.hurry();
        progress.pause(millis);
        return false;
    }

    private boolean withLeg(Unit unit, LegRole role, @Nullable HostPort server, String rule) {
        Leg leg = legs.get(role);
        if (leg != null && leg.server().equals(server)) {
            return forwarding.forward(unit, leg, rule);
        }
        if (!progress.whenSettled()) {
            return false;
        }
        if (server == null || !tries.mayOpenLeg()) {
            return noServer(unit, "primary");
        }
        if (leg != null && role == LegRole.PRIMARY && conversation.pinned() != null) {
            host.lostState(); // temporary tables, LISTEN and the like are where the primary was
            return false;
        }
        progress.suspend();
        if (leg != null) {
            conversation.dropped(leg);
        }
        legs.open(role, server);
        return false;
    }

    private boolean noServer(Unit unit, String missing) {
        String why = upstream.topology().whyNoPrimary();
        return refusals.unserved(
                unit,
                "routing",
                Answers.fields(ProxyError.NO_SERVER_REACHABLE.report(missing).withDetail(why)));
    }
}
