package io.holdfast.proxy.session;

import io.holdfast.config.HostPort;
import io.holdfast.config.Upstream.Fallback;
import io.holdfast.proxy.upstream.Follower;
import io.holdfast.proxy.upstream.Lsn;
import io.holdfast.proxy.upstream.Topology;
import io.holdfast.proxy.upstream.UpstreamState;
import org.jspecify.annotations.Nullable;

/** Finds the server for a unit, given what is known of the servers and of the session at this moment. */
final class LegChooser {
    private final UpstreamState upstream;
    private final Fallback fallback;
    private final Conversation conversation;
    private final Freshness freshness;
    private final Legs legs;

    LegChooser(UpstreamState upstream, Fallback fallback, Conversation conversation, Freshness freshness, Legs legs) {
        this.upstream = upstream;
        this.fallback = fallback;
        this.conversation = conversation;
        this.freshness = freshness;
        this.legs = legs;
    }

    /**
     * Where the unit goes now.
     *
     * @param primaryOnly a follower was tried for it and could not serve it
     */
    Route route(Unit unit, boolean primaryOnly) {
        Leg active = conversation.active();
        return Routing.route(
                unit,
                new Routing.Situation(
                        conversation.inTransaction(),
                        !conversation.ledger.isEmpty(),
                        active == null ? null : active.role(),
                        conversation.pinned(),
                        primaryOnly ? null : follower(),
                        primary(),
                        primaryOnly || fallback == Fallback.PRIMARY));
    }

    /** The primary that is known; while none is, the one that the session is connected to. */
    @Nullable
    HostPort primary() {
        HostPort known = upstream.topology().primary();
        Leg open = legs.get(LegRole.PRIMARY);
        return known != null || open == null ? known : open.server();
    }

    /** The follower that is open already if it is good enough, else the freshest. */
    private @Nullable HostPort follower() {
        long required = freshness.required();
        Topology topology = upstream.topology();
        Leg open = legs.get(LegRole.FOLLOWER);
        if (open != null) {
            for (Follower candidate : topology.followers()) {
                if (candidate.usable()
                        && candidate.address().equals(open.server())
                        && Lsn.covers(candidate.replayLsn(), required)) {
                    return open.server();
                }
            }
        }
        return topology.freshest(required).orElse(null);
    }
}
