package io.holdfast.proxy.session;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream;
import io.holdfast.config.Upstream.Fallback;
import io.holdfast.proxy.policy.Destination;
import io.holdfast.proxy.upstream.UpstreamState;
import org.jspecify.annotations.Nullable;

/**
 * Finds the server for a unit, given what is known of the servers and of the session at this moment.
 *
 * <p>Every read on the primary moves the bound that a follower must reach, so a session that reads without a pause would never
 * come back by itself. After {@value #PATIENCE_POLLS} poll intervals on the primary it is worth a wait of milliseconds instead, once,
 * if a follower is near.
 */
final class LegChooser {
    private static final int PATIENCE_POLLS = 2;

    private final UpstreamState upstream;
    private final FollowerLoad load;
    private final boolean fallsBack;
    private final long patienceNanos;
    private final Conversation conversation;
    private final Freshness freshness;
    private final Legs legs;

    /** Reads go to the primary although they need not, since {@link #detourNanos}. */
    private boolean detours;

    private long detourNanos;

    LegChooser(
            UpstreamState upstream,
            FollowerLoad load,
            Upstream config,
            Conversation conversation,
            Freshness freshness,
            Legs legs) {
        this.upstream = upstream;
        this.load = load;
        this.fallsBack = config.fallback() == Fallback.PRIMARY;
        this.patienceNanos = PATIENCE_POLLS * config.pollInterval().toNanos();
        this.conversation = conversation;
        this.freshness = freshness;
        this.legs = legs;
    }

    /**
     * Where the unit goes now.
     *
     * @param destination by a rule; null: none speaks of it
     * @param tries what was tried for it already
     * @param nanos now, monotonic
     */
    Route route(Unit unit, @Nullable Destination destination, Tries tries, long nanos) {
        boolean primaryOnly = tries.primaryOnly();
        Leg active = conversation.active();
        FollowerSearch search = primaryOnly
                ? new FollowerSearch.None()
                : FollowerSearch.of(upstream.topology(), legs.get(LegRole.FOLLOWER), freshness, load);
        boolean patient = !detours || nanos - detourNanos < patienceNanos;
        Route route = Routing.route(
                unit,
                new Routing.Situation(
                        conversation.inTransaction(),
                        !conversation.ledger.isEmpty(),
                        active == null ? null : active.role(),
                        conversation.pinned(),
                        search instanceof FollowerSearch.Found(var server) ? server : null,
                        search instanceof FollowerSearch.Near && tries.mayLook() && !patient,
                        primary(),
                        destination,
                        primaryOnly || fallsBack));
        note(route, primaryOnly, patient, nanos);
        return route;
    }

    private void note(Route route, boolean primaryOnly, boolean patient, long nanos) {
        switch (route) {
            case Route.Detour _ -> {
                if (primaryOnly) {
                    conversation.routes.chose("a follower was asked and could not serve it");
                } else {
                    conversation.routes.notFresh(upstream.topology(), freshness.required(null));
                }
                if (!detours || !patient) { // from the start, also where the wait was in vain
                    detours = true;
                    detourNanos = nanos;
                }
            }
            case Route.Follower follower -> {
                conversation.routes.chose(follower.why());
                detours = false;
            }
            case Route.Primary(var why) -> conversation.routes.chose(why);
            case Route.AfterReplies _, Route.Shortly _, Route.Nowhere _ -> {}
        }
    }

    /** The primary that is known; while none is, the one that the session is connected to. */
    @Nullable
    HostPort primary() {
        HostPort known = upstream.topology().primary();
        Leg open = legs.get(LegRole.PRIMARY);
        return known != null || open == null ? known : open.server();
    }
}
