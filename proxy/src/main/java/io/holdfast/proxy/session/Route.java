package io.holdfast.proxy.session;

import io.holdfast.config.HostPort;

/** Where the next unit goes, or what it must wait for. */
sealed interface Route {
    /** To the primary leg; {@code why} in a few words. */
    record Primary(String why) implements Route {}

    /** To the primary leg, because no follower is fresh enough for what only reads. */
    record Detour() implements Route {}

    /** To a leg on this follower. */
    record Follower(HostPort server, String why) implements Route {}

    /** Replies are due that decide it, or that the other leg would overtake. */
    record AfterReplies() implements Route {}

    /** A follower will be fresh enough in a moment, and the session has gone to the primary for long enough. */
    record Shortly() implements Route {}

    /** No server may serve it now; {@code missing} is what would be needed. */
    record Nowhere(String missing) implements Route {}
}
