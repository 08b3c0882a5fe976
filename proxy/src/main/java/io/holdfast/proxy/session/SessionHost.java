package io.holdfast.proxy.session;

import io.holdfast.proxy.error.ErrorReport;
import io.netty.buffer.ByteBuf;

/** What the dispatcher and its parts need of their session. */
interface SessionHost extends ClientFacts {
    /** Frames for the client. */
    void answer(ByteBuf frames);

    /** No reply is due and no frame is half sent. */
    boolean settled();

    /** What the session has left on the primary is lost: it cannot go on as if nothing had happened. */
    void lostState();

    /** The client must not be here; the session ends. */
    void turnAway(ErrorReport why);

    /** A leg was opened; its bytes are to be relayed. */
    void opened(Leg leg);

    /** Sends what is queued, and lets the client be read if it may. */
    void proceed();

    /** A frame for the client, sent as soon as it can be between two others. */
    void interject(ByteBuf frame);
}
