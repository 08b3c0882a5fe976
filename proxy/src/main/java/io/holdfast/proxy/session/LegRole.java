package io.holdfast.proxy.session;

import io.holdfast.proxy.metrics.Route;

/** Which of a session's two upstream connections. */
public enum LegRole {
    PRIMARY(Route.PRIMARY),
    FOLLOWER(Route.FOLLOWER);

    private final Route meter;

    LegRole(Route meter) {
        this.meter = meter;
    }

    /** As it is counted. */
    Route meter() {
        return meter;
    }
}
