package io.holdfast.proxy.session;

import io.holdfast.proxy.policy.Requester;

/** Who asks, as of now: the application name can change while a session lasts. */
interface Requesters {
    Requester now();
}
